/** Saving a draft: a new document, the next version, or one more change; each under the key of one intention. */

import {
  addDocumentVersion, attachDocumentFile, createDocument, editDocumentDraft, getDocument, oneIntention, submitDocument,
  type RuleDocument,
} from "@gezhi/api";
import { ref } from "vue";

import { bodyOf, type Words } from "./words";

export function useSaving(id: string | undefined) {
  /** The document as the server last answered it; nothing while it was never saved. */
  const saved = ref<RuleDocument | null>(null);
  const [writing, attaching, submitting] = [oneIntention(), oneIntention(), oneIntention()];

  async function load(): Promise<RuleDocument | null> {
    if (!id) return null;
    const found = await getDocument(id, null);
    const draft = found.versions.find((one) => one.standing === "draft");
    const document = draft && draft.id !== found.shown.id ? await getDocument(id, draft.id) : found;
    saved.value = document;
    return document;
  }

  async function save(words: Words, file: File | null, submit: boolean): Promise<RuleDocument> {
    const before = saved.value;
    const body = bodyOf(words);
    let document = await writing([before?.shown.id, before?.shown.edit, body], (key) => {
      if (before === null) return createDocument(body, key);
      return before.shown.standing === "draft"
        ? editDocumentDraft(before.shown.id, { ...body, edit: before.shown.edit }, key)
        : addDocumentVersion(before.id, body, key);
    });
    saved.value = document;
    const { id: version } = document.shown;
    if (file) {
      const { name, size, lastModified } = file;
      saved.value = document = await attaching([version, name, size, lastModified], (key) => attachDocumentFile(version, file, key));
    }
    const { edit } = document.shown;
    if (submit) saved.value = document = await submitting([version, edit], (key) => submitDocument(version, edit, key));
    return document;
  }

  return { saved, load, save };
}

/** Saving a draft: a new document, the next version, or one more change; each under the key of one intention. */

import {
  addDocumentVersion, attachDocumentFile, createDocument, editDocumentDraft, getDocument, newKey, submitDocument,
  type RuleDocument,
} from "@gezhi/api";
import { ref } from "vue";

import { bodyOf, type Words } from "./words";

export function useSaving(id: string | undefined) {
  /** The document as the server last answered it; nothing while it was never saved. */
  const saved = ref<RuleDocument | null>(null);
  let key = newKey();

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
    let document = before === null
      ? await createDocument(body, key)
      : before.shown.standing === "draft"
        ? await editDocumentDraft(before.shown.id, { ...body, edit: before.shown.edit }, key)
        : await addDocumentVersion(before.id, body, key);
    saved.value = document;
    key = newKey();
    if (file) saved.value = document = await attachDocumentFile(document.shown.id, file, newKey());
    if (submit) saved.value = document = await submitDocument(document.shown.id, document.shown.edit, newKey());
    return document;
  }

  return { saved, load, save, renewKey: () => (key = newKey()) };
}

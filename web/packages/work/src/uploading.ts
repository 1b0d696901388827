/** Pictures go to the server as soon as they are chosen; a form only names them by their hash. */

import { isProblem, patiently, sendPicture } from "@gezhi/api";
import type { Attached } from "@gezhi/logic";
import { reactive, ref, type Ref } from "vue";

interface Upload {
  key: string;
  file: File;
  problem: unknown;
  /** The server has too much to do; it is sent again by itself. */
  waiting: boolean;
}

export const LIMIT_MB = 20;
const TRIES = 12;
const LONGEST_WAIT_S = 90;

/** Browsers name no type for some of these, depending on the system. */
const ENDINGS = /\.(jpe?g|png|webp|hei[cf]|avif|gif|bmp|tiff?)$/i;
export const ACCEPTED = "image/*,.heic,.heif,.avif";
export const isPicture = (file: File) => file.type.startsWith("image/") || ENDINGS.test(file.name);

/** How many are on their way: a form waits for them. */
export const underway = ref(0);

export function useUploads(pictures: Ref<Attached[]>) {
  const uploads = reactive<Upload[]>([]);

  /** One after the other: several at once would only push each other out of the server's few slots. */
  let turn = Promise.resolve();

  function send(upload: Upload) {
    upload.problem = null;
    underway.value += 1;
    turn = turn.then(() => deliver(upload));
  }

  async function deliver(upload: Upload) {
    try {
      if (!uploads.includes(upload)) return; // given up before its turn came
      const { sha256, url } = await patiently(() => sendPicture(upload.file, upload.key), {
        tries: TRIES, longestS: LONGEST_WAIT_S, onWait: (problem) => (upload.waiting = problem !== null),
      });
      uploads.splice(uploads.indexOf(upload), 1);
      if (!pictures.value.some((known) => known.sha256 === sha256)) pictures.value = [...pictures.value, { sha256, url }];
    } catch (error) {
      upload.problem = isProblem(error) ? error : new Error(String(error));
    } finally {
      underway.value -= 1;
    }
  }

  function add(file: File) {
    uploads.push({ key: crypto.randomUUID(), file, problem: null, waiting: false });
    const upload = uploads.at(-1);
    if (upload) send(upload);
  }

  function drop(upload: Upload) {
    uploads.splice(uploads.indexOf(upload), 1);
  }

  return { uploads, add, send, drop };
}

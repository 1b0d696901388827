/** Pictures go to the server as soon as they are chosen; a form only names them by their hash. */

import { isProblem, newKey, sendPicture } from "@gezhi/api";
import type { Attached } from "@gezhi/logic";
import { reactive, ref, type Ref } from "vue";

interface Upload {
  key: string;
  file: File;
  problem: unknown;
}

export const LIMIT_MB = 20;

/** How many are on their way: a form waits for them. */
export const underway = ref(0);

export function useUploads(pictures: Ref<Attached[]>) {
  const uploads = reactive<Upload[]>([]);

  async function send(upload: Upload) {
    upload.problem = null;
    underway.value += 1;
    try {
      const { sha256, url } = await sendPicture(upload.file, upload.key);
      uploads.splice(uploads.indexOf(upload), 1);
      if (!pictures.value.some((known) => known.sha256 === sha256)) pictures.value = [...pictures.value, { sha256, url }];
    } catch (error) {
      upload.problem = isProblem(error) ? error : new Error(String(error));
    } finally {
      underway.value -= 1;
    }
  }

  function add(file: File) {
    uploads.push({ key: newKey(), file, problem: null });
    const upload = uploads.at(-1);
    if (upload) void send(upload);
  }

  function drop(upload: Upload) {
    uploads.splice(uploads.indexOf(upload), 1);
  }

  return { uploads, add, send, drop };
}

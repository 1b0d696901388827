/** One intention, one key: sent again it keeps it, with other words it takes a new one. */

import { newKey } from "./client";
import { isProblem } from "./problem";

export type Intend = <T>(content: unknown, send: (key: string) => Promise<T>) => Promise<T>;

/**
 * Made when a form opens. The key stays while nobody knows whether the request arrived and the words are the same; what
 * was answered, with yes or no, is over, and the next is another intention.
 */
export function oneIntention(make: () => string = newKey): Intend {
  let key = "";
  let words: string | null = null;
  return async (content, send) => {
    const now = JSON.stringify(content);
    if (words !== now) key = make();
    words = now;
    try {
      const answer = await send(key);
      words = null;
      return answer;
    } catch (error) {
      if (isProblem(error) && !error.offline && error.status < 500) words = null;
      throw error;
    }
  };
}

/** What the server refuses for the moment is asked again when it says, a few times. */

import { isProblem, type Problem } from "./problem";

interface Patience {
  /** How often at most it is asked. */
  tries: number;
  /** A longer wait than this is told to the user instead. */
  longestS: number;
  /** Told before each wait, and `null` when it is over. */
  onWait?: (problem: Problem | null) => void;
  pause?: (seconds: number) => Promise<void>;
}

const pauseOf = (seconds: number) => new Promise<void>((resolve) => setTimeout(resolve, seconds * 1000));

export async function patiently<T>(ask: () => Promise<T>, { tries, longestS, onWait, pause = pauseOf }: Patience): Promise<T> {
  for (let left = tries - 1; ; left -= 1) {
    try {
      return await ask();
    } catch (error) {
      const seconds = isProblem(error) && error.status === 429 ? error.body.retry_after_s : undefined;
      if (left <= 0 || seconds === undefined || seconds > longestS || !isProblem(error)) throw error;
      onWait?.(error);
      await pause(seconds * (1 + Math.random())); // or all who were refused at once come again at once
      onWait?.(null);
    }
  }
}

/** Who is told what while work by the clock is stopped. */

import { sayMoment } from "@gezhi/logic";

export interface Alarm {
  /** Whoever may release it is called, everybody else only told. */
  called: boolean;
  since: string;
}

export function alarmOf(stoppedAt: string | null, mayRelease: boolean, language: string, now: number): Alarm | null {
  return stoppedAt === null ? null : { called: mayRelease, since: sayMoment(stoppedAt, language, now) };
}

/** What was typed and not yet sent, kept over reloads, sign-ins and closed tabs. */

export interface Shelf {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

interface Kept<T> {
  version: number;
  at: number;
  value: T;
}

const VERSION = 1;
const DAYS_KEPT = 14;

export class Drafts {
  constructor(private readonly shelf: Shelf, private readonly now: () => number) {}

  read<T>(name: string): T | null {
    const text = this.shelf.getItem(keyOf(name));
    if (!text) return null;
    const kept = parse<T>(text);
    if (kept?.version === VERSION && this.now() - kept.at < DAYS_KEPT * 86_400_000) return kept.value;
    this.drop(name);
    return null;
  }

  /** False when the shelf is full or closed: the work goes on, only unkept. */
  keep<T>(name: string, value: T): boolean {
    const kept: Kept<T> = { version: VERSION, at: this.now(), value };
    try {
      this.shelf.setItem(keyOf(name), JSON.stringify(kept));
      return true;
    } catch {
      return false;
    }
  }

  drop(name: string): void {
    this.shelf.removeItem(keyOf(name));
  }
}

const keyOf = (name: string) => `gezhi.draft.${name}`;

function parse<T>(text: string): Kept<T> | null {
  try {
    return JSON.parse(text) as Kept<T>;
  } catch {
    return null;
  }
}

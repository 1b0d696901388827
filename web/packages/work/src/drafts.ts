/** What somebody typed and has not sent. A shared computer keeps the words of each person apart. */

import { Drafts } from "@gezhi/logic";

import { session } from "./session";

const shelf = new Drafts(localStorage, Date.now);
const own = (name: string) => `${session.value?.user.id ?? 0}.${name}`;

export const drafts = {
  read: <T>(name: string) => shelf.read<T>(own(name)),
  keep: (name: string, value: unknown) => shelf.keep(own(name), value),
  drop: (name: string) => shelf.drop(own(name)),
};

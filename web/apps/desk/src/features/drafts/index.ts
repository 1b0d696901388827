import { Drafts } from "@gezhi/logic";

export const drafts = new Drafts(localStorage, Date.now);

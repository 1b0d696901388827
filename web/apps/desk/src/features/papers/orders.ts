/** Orders of several cases in one file, in a window of their own. */

import { printOrders } from "@gezhi/api";

/** Opened before the answer comes, or the browser would take the window for an unasked one. */
export async function openOrders(ids: string[]): Promise<void> {
  const paper = window.open("", "_blank");
  try {
    const address = URL.createObjectURL(await printOrders(ids));
    if (paper) paper.location.href = address;
    else window.location.assign(address);
    window.setTimeout(() => URL.revokeObjectURL(address), 60_000);
  } catch (error) {
    paper?.close();
    throw error;
  }
}

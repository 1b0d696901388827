/** What may be done to all the cases that are ticked, as the server says it in one answer. */

import { APPLICATIONS, listCommonActions, type Action, type Batch, type CaseRow } from "@gezhi/api";
import type { Offered } from "@gezhi/logic/act";
import { useQuery } from "@tanstack/vue-query";
import { computed, type Ref } from "vue";

export const MOST = 50;
/** What differs from case to case cannot be said once for all. */
const SINGLE = new Set([
  "complete_verification", "complete_inspection", "hand_over", "accept", "merge", "amend", "settle_owner", "assign", "list_major",
  "decide_application", ...Object.values(APPLICATIONS).filter(({ one_by_one }) => one_by_one).map(({ command }) => command),
]);

export function useCommonActions(rows: Ref<CaseRow[]>) {
  const fits = computed(() => rows.value.length > 0 && rows.value.length <= MOST);
  const query = useQuery({
    queryKey: ["common-actions", computed(() => rows.value.map(({ id, seq }) => [id, seq]))],
    queryFn: ({ signal }) => listCommonActions(rows.value.map(({ id }) => id), signal),
    enabled: fits,
  });
  const answer = computed(() => (fits.value ? query.data.value : undefined));
  return {
    actions: computed(() => forAll(answer.value?.items ?? [])),
    /** Orders can be printed of what somebody has in hand. */
    inHand: computed(() => answer.value?.in_hand ?? []),
    ready: computed(() => answer.value !== undefined),
  };
}

/** The actions that are said once for all, without what would be suggested for a single case. */
export const forAll = (offered: Pick<Action, "command" | "label" | "primary">[]): Offered[] =>
  offered.filter(({ command }) => !SINGLE.has(command)).map((one) => ({ ...one, suggestion: {} }));

export const leftOf = (lines: Batch["items"]) => lines.filter(({ done }) => !done);

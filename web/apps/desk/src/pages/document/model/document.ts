/** One document with the version on show; every act answers with its newest state. */

import { getDocument, type RuleDocument } from "@gezhi/api";
import { useQuery, useQueryClient } from "@tanstack/vue-query";
import type { Ref } from "vue";

export function useDocument(id: Ref<string>, version: Ref<string | null>) {
  const queries = useQueryClient();
  const query = useQuery({
    queryKey: ["document", id, version],
    queryFn: ({ signal }) => getDocument(id.value, version.value, signal),
    placeholderData: (before) => (before?.id === id.value ? before : undefined),
  });
  return {
    ...query,
    put(document: RuleDocument) {
      queries.setQueryData(["document", document.id, version.value], document);
      for (const key of ["documents", "receipts", "compare", "clauses"]) void queries.invalidateQueries({ queryKey: [key] });
    },
  };
}

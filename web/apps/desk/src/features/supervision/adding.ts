/** What may be added to a case: an order, begun with what the rules of the city say, or its entry in the register of major cases. */

import { codesOf, getOrderForm, giveOrder, listAsMajor, type CaseDetail, type SupervisionOrderForm } from "@gezhi/api";
import type { DeedAct } from "@gezhi/logic/deeds";
import { useStrings, useTerms } from "@gezhi/ui";
import { useQuery } from "@tanstack/vue-query";
import { computed, type Ref } from "vue";

import en from "./en.json";
import zh from "./zh.json";

export type Adding = "order" | "major";
type Levels = SupervisionOrderForm["levels"];

const presetOf = (level: unknown, levels: Levels) => levels.find((one) => one.level === level)?.requirement ?? "";
/** Words that somebody typed stay, whichever level they choose. */
const isPreset = (words: unknown, levels: Levels) => !words || levels.some(({ requirement }) => requirement === words);

/** The form of what is being added; nothing while the rules are still being read. */
export function useAdding(detail: Ref<CaseDetail>, adding: Ref<Adding | null>) {
  const t = useStrings(zh, en);
  const { term } = useTerms();
  const { data: form, error, refetch } = useQuery({
    queryKey: computed(() => ["supervision", "order-form", detail.value.id]),
    queryFn: ({ signal }) => getOrderForm(detail.value.id, signal),
    enabled: computed(() => adding.value === "order"),
  });

  /** Level, whom it addresses, by name where somebody holds the post. */
  function wordOf(one: Levels[number]): string {
    const names = one.addressees.length ? t("named", { names: one.addressees.join(t("comma")) }) : "";
    return `${term("order_level", one.level)} · ${term("addressee", one.addressee)}${names}`;
  }

  function orderAct({ levels, units, standing }: SupervisionOrderForm): DeedAct {
    const lowest = levels[0];
    return {
      name: "order",
      label: t("give"),
      ...(standing.length && { note: t("standing_note", { count: standing.length }) }),
      fields: [
        {
          name: "level", part: "choice", label: t("order_level"), required: true, start: lowest?.level, stacked: true,
          choices: levels.map((one) => ({ value: one.level, word: wordOf(one) })),
          brings: (level, { requirement }) => (isPreset(requirement, levels) ? { requirement: presetOf(level, levels) } : {}),
        },
        ...(units.length > 1
          ? [{
              name: "unit_id", part: "choice" as const, label: t("order_unit"), required: true, start: units[0]?.id,
              choices: units.map((unit) => ({ value: unit.id, word: unit.name })),
            }]
          : []),
        { name: "requirement", part: "lines", label: t("requirement"), required: true, start: lowest?.requirement },
        { name: "due_at", part: "moment", label: t("reply_due"), hint: t("due_hint") },
      ],
      send: (body, key) => giveOrder({ ...body, case_id: detail.value.id }, key),
    };
  }

  function majorAct({ id, assignments }: CaseDetail): DeedAct {
    const unit = assignments.find(({ leading, ended_at }) => leading && !ended_at)?.unit;
    return {
      name: "list",
      label: t("list"),
      note: t("list_note"),
      fields: [
        {
          name: "level", part: "choice", label: t("level"), required: true, start: 1,
          choices: codesOf("major_level").map((code) => ({ value: Number(code), word: term("major_level", code) })),
        },
        { name: "unit_id", part: "unit", label: t("unit"), required: true, known: unit ?? null, start: unit?.id },
        { name: "due_at", part: "moment", label: t("due"), required: true },
        { name: "plan", part: "lines", label: t("plan"), required: true },
      ],
      send: (body, key) => listAsMajor({ ...body, case_id: id }, key),
    };
  }

  const act = computed<DeedAct | null>(() => {
    if (adding.value === "major") return majorAct(detail.value);
    return adding.value === "order" && form.value ? orderAct(form.value) : null;
  });
  return { act, error: computed(() => (form.value ? null : error.value)), refetch: () => void refetch() };
}

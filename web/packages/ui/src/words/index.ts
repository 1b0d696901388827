/** The field's standard terms, the same on every screen. */

import { sayable, type LimitUnit } from "@gezhi/logic";

import { useStrings } from "../language";
import en from "./en.json";
import zh from "./zh.json";

type Key = keyof typeof zh;

export function useTerms() {
  const t = useStrings(zh, en);
  const term = (kind: "status" | "stage" | "channel" | "clock" | "light" | "kind" | "unit", code: string | number) => {
    const key = `${kind}_${code}`.replaceAll("-", "_");
    return key in zh ? t(key as Key) : String(code);
  };
  return {
    term,
    limit: (value: number, unit: LimitUnit) => t("limit", { value, unit: term("unit", unit) }),
    span: (seconds: number) => {
      const { value, unit } = sayable(seconds);
      return t(`span_${unit}`, { value });
    },
  };
}

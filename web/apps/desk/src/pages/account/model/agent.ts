/** A browser as people call it, from the line in which it names itself. */

const BROWSERS: [RegExp, string][] = [
  [/MicroMessenger/, "WeChat"], [/Edg\//, "Edge"], [/QQBrowser/, "QQ Browser"], [/360SE|QIHU/i, "360 Browser"], [/OPR\//, "Opera"], [/Firefox\//, "Firefox"],
  [/Chrome\//, "Chrome"], [/Safari\//, "Safari"],
];
const SYSTEMS: [RegExp, string][] = [
  [/HarmonyOS|OpenHarmony/, "HarmonyOS"], [/Android/, "Android"], [/iPhone|iPad/, "iOS"], [/Windows/, "Windows"], [/Mac OS X/, "macOS"],
  [/UOS|Kylin|Linux/, "Linux"],
];

const first = (table: [RegExp, string][], agent: string) => table.find(([pattern]) => pattern.test(agent))?.[1];

/** Empty where neither browser nor system is known. */
export function nameOfAgent(agent: string): string {
  return [first(BROWSERS, agent), first(SYSTEMS, agent)].filter(Boolean).join(" · ");
}

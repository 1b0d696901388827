/** A model of a page as it runs on one, with the network cut off at `fetch`: everything of our own behind it is real. */

import { QueryClient, VueQueryPlugin } from "@tanstack/vue-query";
import { vi } from "vitest";
import { createApp, effectScope } from "vue";

export interface Asked {
  /** Method and path below `/api/v1`. */
  what: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
}

/** Answers each request with what is given for it; what is asked for is kept in order. */
export function serve(answers: Record<string, (asked: Asked) => unknown>): Asked[] {
  const log: Asked[] = [];
  vi.stubGlobal("document", { cookie: "" });
  vi.stubGlobal("fetch", async (address: string, { method, body }: { method: string; body: string | null }) => {
    const { pathname, searchParams } = new URL(address, "http://server");
    const asked = { what: `${method} ${pathname.replace("/api/v1", "")}`, query: searchParams, body: JSON.parse(body ?? "{}") };
    log.push(asked);
    const answer = answers[asked.what];
    return answer ? Response.json(answer(asked)) : Response.json({ code: "kernel.not-found", status: 404, title: "?" }, { status: 404 });
  });
  return log;
}

/** The model inside an app of its own; `settled` waits for what it has asked for. */
export function running<T>(use: () => T) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const app = createApp({ render: () => null });
  app.use(VueQueryPlugin, { queryClient: queries });
  const scope = effectScope();
  const model = app.runWithContext(() => scope.run(use)) as T;
  return {
    model,
    settled: () => vi.waitFor(() => {
      if (queries.isFetching()) throw new Error("still fetching");
    }),
    end: () => {
      scope.stop();
      queries.clear();
      vi.unstubAllGlobals();
    },
  };
}

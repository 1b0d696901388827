/** One refusal of the server (application/problem+json), or of the network. */

export interface ProblemBody {
  code: string;
  status: number;
  title: string;
  title_zh?: string;
  title_en?: string;
  detail?: string | null;
  field?: string | null;
  request_id?: string | null;
  /** After so many seconds the same may be asked again. */
  retry_after_s?: number;
  details?: Record<string, unknown>;
}

/** One thing wrong in the input: where, and (in English only) what. */
interface InputError {
  field: string;
  message: string;
}

/** Fields that the rules call otherwise than the forms. */
const ALIASES: Record<string, string> = { address: "place", lat: "lon", unit: "limit", file: "pictures" };

export class Problem extends Error {
  constructor(readonly body: ProblemBody) {
    super(body.title);
    this.name = "Problem";
  }

  get code(): string {
    return this.body.code;
  }

  get status(): number {
    return this.body.status;
  }

  /** True when the server was never reached, so that the same request may be sent again. */
  get offline(): boolean {
    return this.body.code === "network.unreachable";
  }

  text(language: string): string {
    const { title, title_zh, title_en } = this.body;
    return (language === "en" ? title_en : title_zh) ?? title;
  }

  /** Words beside each field. */
  byField(language: string): Record<string, string> {
    const found: Record<string, string> = {};
    const words = this.text(language);
    for (const error of (this.body.details?.errors ?? []) as InputError[]) {
      found[nameOf(error.field)] = language === "en" ? error.message : words;
    }
    if (this.body.field) found[nameOf(this.body.field)] ??= words;
    return found;
  }
}

function nameOf(path: string): string {
  const name = path.split(".").at(-1) ?? path;
  return ALIASES[name] ?? name;
}

export function isProblem(value: unknown): value is Problem {
  return value instanceof Problem;
}

export async function problemOf(response: Response): Promise<Problem> {
  const body = (await response.json().catch(() => null)) as Partial<ProblemBody> | null;
  const seconds = Number.parseInt(response.headers.get("retry-after") ?? "", 10);
  return new Problem({
    code: body?.code ?? `http.${response.status}`,
    title: body?.title ?? response.statusText,
    request_id: response.headers.get("x-request-id"),
    ...body,
    ...(Number.isNaN(seconds) ? {} : { retry_after_s: seconds }),
    status: response.status,
  });
}

/** A picture that lies at the server already; a form only names it by its hash. */
export interface Attached {
  sha256: string;
  url: string;
}

import { fileURLToPath } from "node:url";

import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@desk": fileURLToPath(new URL("./apps/desk/src", import.meta.url)) } },
  test: { include: ["packages/*/tests/**/*.test.ts", "apps/*/tests/**/*.test.ts"], environment: "node" },
});

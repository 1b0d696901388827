import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import vue from "@vitejs/plugin-vue";
import { defineConfig, type Plugin } from "vite";

/** Element Plus and what only it needs. */
const ELEMENT = ["element-plus", "@element-plus", "@popperjs", "@floating-ui", "dayjs", "lodash[\\w-]*", "async-validator", "@vueuse", "@ctrl"];

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const BUILT = here("../../../gezhi/assembly/faces/desk");

/** Beside each file of words its gzip, a third as large: the server looks for it and never compresses by itself. */
const gzipped: Plugin = {
  name: "gzipped",
  apply: "build",
  writeBundle(_, bundle) {
    for (const name of Object.keys(bundle).filter((one) => /\.(js|css|svg|json)$/.test(one))) {
      const file = join(BUILT, name);
      writeFileSync(`${file}.gz`, gzipSync(readFileSync(file), { level: 9 }));
    }
  },
};

export default defineConfig({
  root: here("."),
  base: "/desk/",
  plugins: [vue(), gzipped],
  resolve: { alias: { "@desk": here("src") } },
  worker: { format: "es" },
  server: { proxy: { "/api": { target: process.env.GEZHI_ADDRESS ?? "http://127.0.0.1:8000", changeOrigin: false } } },
  build: {
    outDir: BUILT,
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "vue", priority: 3, test: /node_modules[\\/](@?vue|vue-router|vue-i18n|@intlify|@tanstack)[\\/]/ },
            { name: "map", priority: 2, test: /node_modules[\\/](maplibre-gl|@maplibre|@mapbox)[\\/]/ },
            { name: "element", priority: 1, test: new RegExp(`node_modules[\\\\/](${ELEMENT.join("|")})[\\\\/]`) },
          ],
        },
      },
    },
  },
});

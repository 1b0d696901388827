import { fileURLToPath } from "node:url";

import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";

/** Element Plus and what only it needs. */
const ELEMENT = ["element-plus", "@element-plus", "@popperjs", "@floating-ui", "dayjs", "lodash[\\w-]*", "async-validator", "@vueuse", "@ctrl"];

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

export default defineConfig({
  root: here("."),
  base: "/desk/",
  plugins: [vue()],
  resolve: { alias: { "@desk": here("src") } },
  worker: { format: "es" },
  server: { proxy: { "/api": { target: process.env.GEZHI_ADDRESS ?? "http://127.0.0.1:8000", changeOrigin: false } } },
  build: {
    outDir: here("../../../gezhi/assembly/faces/desk"),
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

import vue from "eslint-plugin-vue";
import { defineConfig, globalIgnores } from "eslint/config";
import ts from "typescript-eslint";

/** What each layer may not import: app > pages > features > packages; pages do not know each other. */
const forbid = (...patterns) => ({ "@typescript-eslint/no-restricted-imports": ["error", { patterns }] });
const APP = { group: ["@desk/app/*", "@desk/app"], message: "Only the entry knows the app." };
const PAGES = { group: ["@desk/pages/*"], message: "Pages do not know each other, and what lies below knows no page." };
const FEATURES = { group: ["@desk/features/*"], message: "Packages know no app." };
const INSIDE = { regex: "^@desk/features/[^/]+/", message: "A feature is used by its index." };
const SCREEN = {
  regex: "^(vue|vue-.*|@vue/.*|element-plus.*|maplibre-gl.*|@tanstack/.*|@gezhi/(work|ui|map).*)$", message: "Plain TypeScript here.",
};
const REQUESTS = { regex: "^@gezhi/api$", message: "Logic knows the shapes of the server, and asks it nothing.", allowTypeImports: true };
const LOOKS = { regex: "^(element-plus.*|@element-plus/.*|maplibre-gl.*|@gezhi/(ui|map).*)$", message: "Every face looks its own way: no component library here." };
const ABOVE = { regex: "^@gezhi/(logic|geo|work|ui|map).*$", message: "The API knows no other package." };
const DOM = ["window", "document", "navigator", "localStorage", "sessionStorage", "fetch"];

export default defineConfig(
  globalIgnores(["**/node_modules/", "packages/api/src/schema.d.ts"]),
  ts.configs.strict,
  ts.configs.stylistic,
  vue.configs["flat/recommended"],
  {
    files: ["**/*.vue"],
    languageOptions: { parserOptions: { parser: ts.parser } },
  },
  {
    rules: {
      "no-undef": "off",
      "no-console": "error",
      "no-restricted-globals": ["error", "event", "name"],
      "vue/no-static-inline-styles": ["error", { allowBinding: true }],
      "vue/component-api-style": ["error", ["script-setup"]],
      "vue/define-macros-order": "off",
      "vue/require-default-prop": "off",
      "vue/no-v-html": "error",
      "vue/max-attributes-per-line": "off",
      "vue/first-attribute-linebreak": "off",
      "vue/html-closing-bracket-newline": "off",
      "vue/singleline-html-element-content-newline": "off",
      "vue/html-self-closing": ["error", { html: { void: "always" } }],
      "vue/attributes-order": "off",
      "@typescript-eslint/no-invalid-void-type": "off",
      "@typescript-eslint/no-unused-vars": ["error", { varsIgnorePattern: "^_", argsIgnorePattern: "^_" }],
      "max-len": ["error", { code: 140, ignoreUrls: true, ignoreStrings: true, ignoreTemplateLiterals: true, ignorePattern: "^\\s*<path" }],
    },
  },
  { files: ["guards/**"], rules: { "no-console": "off" } },
  { files: ["apps/desk/src/pages/**"], rules: forbid(APP, PAGES, INSIDE) },
  { files: ["apps/desk/src/features/**"], rules: forbid(APP, PAGES, INSIDE) },
  { files: ["apps/desk/src/app/**"], rules: forbid(INSIDE) },
  { files: ["packages/**"], rules: forbid(APP, PAGES, FEATURES) },
  { files: ["packages/api/**"], rules: forbid(APP, PAGES, FEATURES, SCREEN, ABOVE) },
  { files: ["packages/work/**"], rules: forbid(APP, PAGES, FEATURES, LOOKS) },
  {
    files: ["packages/logic/**", "packages/geo/**"],
    rules: { ...forbid(APP, PAGES, FEATURES, SCREEN, REQUESTS), "no-restricted-globals": ["error", "event", "name", ...DOM] },
  },
);

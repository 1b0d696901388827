import "@gezhi/ui/theme.css";

import { isProblem, onExpired } from "@gezhi/api";
import { i18n, leaveKeysToComposing, recallLanguage, recallTheme } from "@gezhi/ui";
import { askToSignInAgain } from "@gezhi/work";
import { QueryClient, VueQueryPlugin } from "@tanstack/vue-query";
import { createApp } from "vue";

import App from "./App.vue";
import { router } from "./router";

leaveKeysToComposing();
recallLanguage();
recallTheme();
onExpired(askToSignInAgain);

const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      refetchOnWindowFocus: false,
      retry: (count, error) => count < 2 && isProblem(error) && (error.offline || error.status >= 500),
    },
  },
});

createApp(App).use(i18n).use(router).use(VueQueryPlugin, { queryClient: queries }).mount("#desk");

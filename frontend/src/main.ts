/** What every page runs: htmx, keys, dialogs, popovers, toasts, theme, forms; islands load when seen. */
import "./styles/index.css";
import "./parts/htmx";
import { startDialogs } from "./parts/dialogs";
import { startForms } from "./parts/forms";
import { startKeys } from "./parts/keys";
import { startNavigation } from "./parts/navigation";
import { startPopovers } from "./parts/popovers";
import { startTheme } from "./parts/theme";
import { startToasts } from "./parts/toasts";
import { startIslands } from "./islands";

startTheme();
startNavigation();
startDialogs();
startPopovers();
startToasts();
startForms();
startKeys();
startIslands();
document.documentElement.dataset.ready = "";

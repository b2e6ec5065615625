import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";

const here = fileURLToPath(new URL(".", import.meta.url));
const icons = join(here, "src/icons");

/** Join every icon file into one sprite; the manifest names it "icons.svg". */
function sprite(): Plugin {
  return {
    name: "kamerton-sprite",
    buildStart() {
      const files = readdirSync(icons).filter((name) => name.endsWith(".svg")).sort();
      files.forEach((name) => this.addWatchFile(join(icons, name)));
      const symbols = files.map((name) => {
        const body = readFileSync(join(icons, name), "utf8").replace(/<\/?svg[^>]*>/g, "").trim();
        return `<symbol id="${basename(name, ".svg")}" viewBox="0 0 16 16">${body}</symbol>`;
      });
      const source = `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>\n`;
      this.emitFile({ type: "asset", name: "icons.svg", originalFileName: "icons.svg", source });
      const favicon = readFileSync(join(here, "src/favicon.svg"), "utf8");
      this.emitFile({ type: "asset", name: "favicon.svg", originalFileName: "favicon.svg", source: favicon });
    },
  };
}

/** Fonts for printed pages, by names of their own: the printer of PDF reads TTF, not WOFF2. */
function printFonts(): Plugin {
  const weights = { Regular: "400Regular", SemiBold: "600SemiBold", Bold: "700Bold" };
  const package_ = join(here, "node_modules/@expo-google-fonts/inter");
  return {
    name: "kamerton-print-fonts",
    buildStart() {
      for (const [name, folder] of Object.entries(weights)) {
        const source = readFileSync(join(package_, folder, `Inter_${folder}.ttf`));
        this.emitFile({ type: "asset", fileName: `fonts/Inter-${name}.ttf`, source });
      }
    },
  };
}

export default defineConfig({
  root: here,
  base: "./", // relative addresses: the files work under any STATIC_URL
  plugins: [sprite(), printFonts()],
  build: {
    outDir: join(here, "../kamerton/static/dist"),
    emptyOutDir: true,
    manifest: true,
    target: "es2022",
    assetsInlineLimit: 0, // a data: font or picture would need a wider content policy
    modulePreload: { polyfill: false },
    rollupOptions: { 
      input: [join(here, "src/main.ts"), join(here, "src/theme.ts")],
      onwarn(warning, show) {
        // htmx holds an eval that its setting allowEval=false never reaches
        if (warning.code !== "EVAL" || !warning.message.includes("htmx")) show(warning);
      },
    },
    chunkSizeWarningLimit: 900,
  },
});

import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import { defineConfig } from 'vite'

const here = (path) => fileURLToPath(new URL(path, import.meta.url))

export default defineConfig({
  root: here('.'),
  base: './', // the pages may be served below any path
  plugins: [tailwindcss()],
  build: {
    outDir: here('../src/okno/static/dist'),
    emptyOutDir: true,
    manifest: 'manifest.json',
    assetsInlineLimit: 0, // the content security policy allows no data: fonts or scripts
    modulePreload: { polyfill: false },
    target: ['chrome123', 'firefox128', 'safari17.5'],
    rollupOptions: {
      input: {
        app: here('js/app.js'),
        editor: here('js/editor.js'),
        webauthn: here('js/webauthn.js'),
        'form-preview': here('js/form-preview.js'),
        look: here('js/look.js'),
        'request-form': here('js/request-form.js'),
        style: here('css/app.css'),
        letter: here('css/letter.css'),
      },
    },
  },
})

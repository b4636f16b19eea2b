// Alpine in its build for strict content policies: templates name components, all code is here.
import Alpine from '@alpinejs/csp'
import { composer } from './components/composer.js'
import { conditions } from './components/conditions.js'
import { drawer } from './components/drawer.js'
import { menu } from './components/menu.js'
import { ordered } from './components/ordered.js'
import { reveal } from './components/reveal.js'
import { tabs } from './components/tabs.js'

window.Alpine = Alpine
Alpine.data('composer', composer)
Alpine.data('conditions', conditions)
Alpine.data('drawer', drawer)
Alpine.data('menu', menu)
Alpine.data('ordered', ordered)
Alpine.data('reveal', reveal)
Alpine.data('tabs', tabs)
Alpine.start()

import type { App } from '../platform/http/server.ts'
import { registerFiles, registerPage } from './pages.ts'
import { trackPage } from './track-page.ts'

/** `/dev/track`: a page that shows customers their orders live, by the very code that docs/tracking.md gives to frontends. */
export function registerTrack(app: App): void {
	registerFiles(app, 'track.css', 'track.js', 'track-client.js')
	registerPage(app, '/dev/track', trackPage)
}

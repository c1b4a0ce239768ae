import type { Answer } from './client.ts'
import { watch } from './event-stream.ts'
import { registerPerson } from './people.ts'
import type { TestShop } from './shop.ts'
import type { Speak } from './speak.ts'

/** How to come by each problem of live streams. */
export function provokedInStreams(ground: () => TestShop): Readonly<Record<string, (speak: Speak) => Promise<Answer>>> {
	return {
		async too_many_streams(speak) {
			const shop = ground()
			const person = await registerPerson(shop)
			const watchers = Array.from({ length: 10 }, () => watch(`${shop.url}/v1/me/events`, { token: person.token }))
			await Promise.all(watchers.map((watcher) => watcher.waitOpen()))
			const answer = await speak(person).get('/me/events')
			for (const watcher of watchers) watcher.close()
			return answer
		},
	}
}

import type { Sql } from '../../platform/db/database.ts'
import type { SavedView, SavedViewBody } from './list-schemas.ts'
import { orderListProblem } from './list-problems.ts'
import { countViews, insertView, lockViews, type OwnView, updateView } from './saved-view-queries.ts'

/** More than anybody finds again; all of them are shown at once. */
const VIEWS_MAX = 50

/** Keeps a view for a member of the staff. Throws `view_name_taken` or `too_many_views`. */
export async function saveView(sql: Sql, staffId: number, view: SavedViewBody): Promise<SavedView> {
	return sql.begin(async (tx) => {
		const [, { views, taken }] = await Promise.all([
			lockViews(tx, staffId),
			countViews(tx, staffId, { name: view.name, except: null }),
		])
		if (taken) throw orderListProblem('view_name_taken')
		if (views >= VIEWS_MAX) throw orderListProblem('too_many_views', { limit: VIEWS_MAX })
		return insertView(tx, staffId, view)
	})
}

/** Changes a view of one's own as a whole. Throws `view_not_found` or `view_name_taken`. */
export async function changeView(sql: Sql, own: OwnView, view: SavedViewBody): Promise<SavedView> {
	return sql.begin(async (tx) => {
		const [, { taken }] = await Promise.all([
			lockViews(tx, own.staffId),
			countViews(tx, own.staffId, { name: view.name, except: own.id }),
		])
		if (taken) throw orderListProblem('view_name_taken')
		const changed = await updateView(tx, own, view)
		if (changed === undefined) throw orderListProblem('view_not_found')
		return changed
	})
}

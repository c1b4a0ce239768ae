import type { Locale } from '../../platform/http/problem.ts'

/** Why a report was given up. */
export const FAILURE_CODES = ['storage_full', 'storage_refused', 'too_long', 'cancelled', 'internal'] as const
export type FailureCode = (typeof FAILURE_CODES)[number]

/** Each in words, with what to do about it. The event tells it in English, the API in the caller's language. */
export const FAILURES: Readonly<Record<FailureCode, Readonly<Record<Locale, string>>>> = {
	storage_full: {
		en: 'There is no room where reports are kept (REPORTS_URL): make room and ask for a new report.',
		ru: 'Там, где хранятся отчёты (REPORTS_URL), кончилось место: освободите его и запросите новый отчёт.',
	},
	storage_refused: {
		en: 'The storage of reports (REPORTS_URL) does not take the file: the log has its reason; put it right and ask for a new report.',
		ru: 'Хранилище отчётов (REPORTS_URL) не принимает файл: причина в журнале; устраните её и запросите новый отчёт.',
	},
	too_long: {
		en: 'The report took longer than REPORT_MAX_MINUTES: ask for shorter periods by "from" and "to".',
		ru: 'Отчёт формировался дольше, чем REPORT_MAX_MINUTES: запросите периоды короче, задав «from» и «to».',
	},
	cancelled: {
		en: 'The report was cancelled on request: ask for a new one if it is needed after all.',
		ru: 'Отчёт отменён по запросу: если он всё же нужен, запросите новый.',
	},
	internal: {
		en: 'The report could not be made, and trying again did not help: the log has the reason; put it right and ask for a new one.',
		ru: 'Отчёт сформировать не удалось, повторы не помогли: причина в журнале; устраните её и запросите новый.',
	},
}

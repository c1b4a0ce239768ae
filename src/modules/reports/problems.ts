import { defineProblems } from '../../platform/http/problem.ts'

export const reportProblem = defineProblems({
	report_not_found: { status: 404, en: 'There is no such report.', ru: 'Такого отчёта нет.' },
	report_file_not_found: {
		status: 404,
		en: 'The report is complete, but its file is not where this server looks for it: ask for a new report.',
		ru: 'Отчёт готов, но его файла нет там, где его ищет этот сервер: запросите новый отчёт.',
	},
	report_not_ready: {
		status: 409,
		retryAfterS: 1,
		en: 'The report is still being made: wait for its event, or look at its status and ask again when it is completed.',
		ru: 'Отчёт ещё формируется: дождитесь события о нём или проверяйте его статус и повторите, когда он будет готов.',
	},
	report_failed: {
		status: 409,
		en: 'The report could not be made and has no file: see "error", then ask for a new one.',
		ru: 'Отчёт сформировать не удалось, файла у него нет: смотрите «error» и запросите новый.',
	},
	report_finished: {
		status: 409,
		en: 'The report is finished, see "report_status": only one that is pending or running can be cancelled.',
		ru: 'Отчёт уже завершён, смотрите «report_status»: отменить можно только ожидающий или формируемый.',
	},
	report_expired: {
		status: 410,
		en: 'The file of this report is no longer kept, it is older than REPORT_KEEP_DAYS: ask for a new report of the same period.',
		ru: 'Файл этого отчёта больше не хранится, он старше REPORT_KEEP_DAYS: запросите новый отчёт за тот же период.',
	},
	range_not_satisfiable: {
		status: 416,
		en: 'The file has no bytes in this range: see Content-Range for its size.',
		ru: 'В файле нет байтов из этого диапазона: его размер указан в Content-Range.',
	},
})

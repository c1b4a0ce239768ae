/** Where in S3 files lie: in a bucket, below a prefix where there is one. */
export type S3Place = {
	readonly bucket: string
	/** Empty, or ends with a slash. */
	readonly prefix: string
}

const S3_URL = /^s3:\/\/(?<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/(?<prefix>[A-Za-z0-9._/-]*))?$/

/** Reads `s3://bucket` or `s3://bucket/prefix`; undefined where it is neither. */
export function s3PlaceOf(url: string): S3Place | undefined {
	const { bucket, prefix = '' } = S3_URL.exec(url)?.groups ?? {}
	if (bucket === undefined) return undefined
	const folders = prefix.split('/').filter((folder) => folder !== '')
	if (folders.some((folder) => /^\.+$/.test(folder))) return undefined
	return { bucket, prefix: folders.map((folder) => `${folder}/`).join('') }
}

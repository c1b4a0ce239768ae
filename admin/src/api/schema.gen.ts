// Written by `npm run generate` from openapi.json.
export interface paths {
    "/health/live": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether the process answers */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "ok";
                        };
                    };
                };
                /** @description `malformed_request`: The request could not be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key. */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health/ready": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Whether requests can be served */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @enum {string} */
                            status: "ok";
                        };
                    };
                };
                /** @description `malformed_request`: The request could not be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key. */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what the staff did
         * @description Newest first, as long as `AUDIT_KEEP_DAYS` says. Needs the role `manager`.
         */
        get: {
            parameters: {
                query: {
                    action?: "staff_invited" | "staff_joined" | "staff_signed_in" | "staff_signed_out" | "staff_invitation_withdrawn" | "staff_role_changed" | "staff_deactivated" | "staff_reactivated" | "staff_reset" | "staff_credentials_renewed" | "staff_password_changed" | "staff_session_ended" | "key_created" | "key_revoked" | "report_requested" | "report_cancelled" | "report_downloaded" | "order_status_changed" | "order_note_added" | "order_note_deleted" | "order_viewed" | "orders_listed" | "orders_exported" | "orders_export_ended" | "user_blocked" | "user_unblocked" | "user_signed_out" | "user_session_ended" | "user_edited" | "user_erased" | "user_viewed" | "user_exported" | "users_listed" | "dead_letter_viewed" | "dead_letter_replayed" | "dead_letter_dropped";
                    /** @description `next_cursor` of the page before; goes with the same filters and sort */
                    cursor?: string;
                    /** @description Done at or after */
                    from?: string;
                    /** @description Entries on a page */
                    limit: number;
                    /** @description What this member of the staff did; 0: what was done by the command line */
                    staff_id?: number;
                    /** @description As in addresses: a number, a UUID; of an invitation the email. Goes with `subject_type` */
                    subject_id?: string;
                    /** @description What it was done to. Goes with `subject_id` */
                    subject_type?: "order" | "user" | "staff" | "invitation" | "key" | "report" | "dead_letter" | "export";
                    /** @description Done before */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /** @enum {unknown} */
                                action: "staff_invited" | "staff_joined" | "staff_signed_in" | "staff_signed_out" | "staff_invitation_withdrawn" | "staff_role_changed" | "staff_deactivated" | "staff_reactivated" | "staff_reset" | "staff_credentials_renewed" | "staff_password_changed" | "staff_session_ended" | "key_created" | "key_revoked" | "report_requested" | "report_cancelled" | "report_downloaded" | "order_status_changed" | "order_note_added" | "order_note_deleted" | "order_viewed" | "orders_listed" | "orders_exported" | "orders_export_ended" | "user_blocked" | "user_unblocked" | "user_signed_out" | "user_session_ended" | "user_edited" | "user_erased" | "user_viewed" | "user_exported" | "users_listed" | "dead_letter_viewed" | "dead_letter_replayed" | "dead_letter_dropped";
                                /** Format: date-time */
                                at: string;
                                /** @description What changed, by action; no secrets, and of personal data only which of it */
                                details: {
                                    [key: string]: unknown;
                                };
                                id: number;
                                /** @description Who did it; null: it was done by the command line */
                                staff: {
                                    /** @description Null when the account is gone */
                                    email: string | null;
                                    id: number;
                                } | null;
                                subject: {
                                    /** @description As in addresses: a number, a UUID; of an invitation the email */
                                    id: string;
                                    /**
                                     * @description What it was done to
                                     * @enum {unknown}
                                     */
                                    type: "order" | "user" | "staff" | "invitation" | "key" | "report" | "dead_letter" | "export";
                                };
                            }[];
                            /** @description For the next page; null on the last */
                            next_cursor: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/dead-letters": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List dead letters
         * @description Newest first. Messages are kept for 30 days, events of ours until somebody has decided. Needs the role `operator`.
         */
        get: {
            parameters: {
                query: {
                    /** @description `next_cursor` of the page before; goes with the same filters and sort */
                    cursor?: string;
                    /** @description Entries on a page */
                    limit: number;
                    /** @description The word for programs */
                    reason?: string;
                    /** @description `open`: nobody has decided what becomes of it */
                    state?: "open" | "replayed" | "dropped";
                    /** @description Where it stood or should go */
                    topic?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /**
                                 * Format: date-time
                                 * @description When it was put aside
                                 */
                                at: string;
                                /** @description How often it was tried, with all replays */
                                attempts: number;
                                /** @description Of the value as it came */
                                bytes: number;
                                /** @description When it was replayed or dropped */
                                decided_at: string | null;
                                /** @description Who of the staff has decided */
                                decided_by: {
                                    /** @description Null when the account is gone */
                                    email: string | null;
                                    id: number;
                                } | null;
                                /**
                                 * @description `in`: a message of another service that can’t be applied; `out`: an event of ours that its topic does not take
                                 * @enum {unknown}
                                 */
                                direction: "in" | "out";
                                /** @description Id of a dead letter */
                                id: number;
                                /** @description The key’s beginning, as text */
                                key: string | null;
                                /** @description The reason as a sentence */
                                message: string;
                                /** @description Where it stood; null for an event of ours */
                                offset: number | null;
                                /** @description Where it stood; null for an event of ours */
                                partition: number | null;
                                /** @description A word for programs: `wrong_schema`, `unknown_order` …; of events `refused` */
                                reason: string;
                                /** @description The letter whose replay this is; it may be gone by now */
                                replay_of: number | null;
                                /**
                                 * @description `open`: nobody has decided what becomes of it
                                 * @enum {unknown}
                                 */
                                state: "open" | "replayed" | "dropped";
                                topic: string;
                                /** @description False: it is too large to be kept whole, or a secret. Only its beginning is there, and it can’t be replayed */
                                whole: boolean;
                            }[];
                            /** @description For the next page; null on the last */
                            next_cursor: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/dead-letters/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at a dead letter
         * @description Leaves a line in the audit log. Needs the role `operator`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of a dead letter */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description When it was put aside
                             */
                            at: string;
                            /** @description How often it was tried, with all replays */
                            attempts: number;
                            /** @description Of the value as it came */
                            bytes: number;
                            /** @description When it was replayed or dropped */
                            decided_at: string | null;
                            /** @description Who of the staff has decided */
                            decided_by: {
                                /** @description Null when the account is gone */
                                email: string | null;
                                id: number;
                            } | null;
                            /**
                             * @description `in`: a message of another service that can’t be applied; `out`: an event of ours that its topic does not take
                             * @enum {unknown}
                             */
                            direction: "in" | "out";
                            /** @description The `ce_id` of an event of ours */
                            event_id: string | null;
                            /** @description As they came */
                            headers: {
                                [key: string]: string;
                            };
                            /** @description Id of a dead letter */
                            id: number;
                            /** @description The key’s beginning, as text */
                            key: string | null;
                            /** @description The key’s bytes */
                            key_base64: string | null;
                            /** @description The reason as a sentence */
                            message: string;
                            /** @description Where it stood; null for an event of ours */
                            offset: number | null;
                            /** @description Where it stood; null for an event of ours */
                            partition: number | null;
                            /** @description When it was published; null for an event of ours */
                            published_at: string | null;
                            /** @description A word for programs: `wrong_schema`, `unknown_order` …; of events `refused` */
                            reason: string;
                            /** @description The letter that its replay has become, where that has come to nothing again */
                            replay: number | null;
                            /** @description The letter whose replay this is; it may be gone by now */
                            replay_of: number | null;
                            /**
                             * @description `open`: nobody has decided what becomes of it
                             * @enum {unknown}
                             */
                            state: "open" | "replayed" | "dropped";
                            topic: string;
                            /** @description The `ce_type` of an event of ours */
                            type: string | null;
                            /** @description The value’s bytes; null for a withdrawal, and for a secret. Of a letter that is not whole the beginning */
                            value_base64: string | null;
                            /** @description The same as text; null where it is not UTF-8 */
                            value_text: string | null;
                            /** @description False: it is too large to be kept whole, or a secret. Only its beginning is there, and it can’t be replayed */
                            whole: boolean;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `dead_letter_not_found`: There is no such dead letter: it never was, or it is older than 30 days. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/dead-letters/counts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Count open dead letters by topic and reason
         * @description Needs the role `operator`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /**
                                 * @description `in`: a message of another service that can’t be applied; `out`: an event of ours that its topic does not take
                                 * @enum {unknown}
                                 */
                                direction: "in" | "out";
                                /** @description Up to 1,000 */
                                letters: number;
                                /** @description There are more than `letters` */
                                more: boolean;
                                /** Format: date-time */
                                newest_at: string;
                                /** @description A word for programs: `wrong_schema`, `unknown_order` …; of events `refused` */
                                reason: string;
                                topic: string;
                            }[];
                        };
                    };
                };
                /** @description `malformed_request`: The request could not be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/dead-letters/drop": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Drop dead letters
         * @description Nothing is done with them any more. They stay in the list as long as others. Needs the role `operator`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        ids: number[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /** @description Id of a dead letter */
                                id: number;
                                /**
                                 * @description `decided_before`: it was replayed or dropped already, see `state`; `not_whole`: it can’t be replayed, for only a part of it was kept
                                 * @enum {unknown}
                                 */
                                outcome: "replayed" | "dropped" | "decided_before" | "not_whole" | "not_found";
                                /** @description By now; null where there is no such letter */
                                state: ("open" | "replayed" | "dropped") | null;
                            }[];
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/dead-letters/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send dead letters again
         * @description With the bytes, key and headers that they came with, in the order in which they died: messages to the topic on which they stood, events of ours to the topic that has refused them. What comes to nothing again is a new letter. Needs the role `operator`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        ids: number[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /** @description Id of a dead letter */
                                id: number;
                                /**
                                 * @description `decided_before`: it was replayed or dropped already, see `state`; `not_whole`: it can’t be replayed, for only a part of it was kept
                                 * @enum {unknown}
                                 */
                                outcome: "replayed" | "dropped" | "decided_before" | "not_whole" | "not_found";
                                /** @description By now; null where there is no such letter */
                                state: ("open" | "replayed" | "dropped") | null;
                            }[];
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow the shop live
         * @description Server-sent events of what comes from now on; after each connection read anew what is on the screen. `order_placed` and `order_changed`: id, number, status, version, total, delivery method; `orders_changed`: so many at once that they are told by their count alone. `order_notes_changed`: id of an order on which staff have noted something, or no longer do. From operators on `dead_letter`: topic and reason. From managers on `report_changed`: id, number, status. A comment each 15 s. Needs the role `viewer`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A stream of events (WHATWG server-sent events), until either side ends it */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                /** @description `malformed_request`: The request could not be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `too_many_streams`: You have too many live streams open: close one, in another tab for example. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/invitations/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Accept an invitation
         * @description Makes the account, or the new credentials of one that was reset, whose sessions and recovery codes end; signs in as `POST /admin/sessions` does, and gives out the recovery codes. Works once.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Without the part of the email before the @ */
                        password: string;
                        /** @description What stands after `#token=` in the link of the invitation */
                        token: string;
                        /** @description The six digits that the authenticator app shows now */
                        totp: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description When the session ends by itself
                             */
                            expires_at: string;
                            /** @description Each stands in for the authenticator app once. Shown now and never again: print them */
                            recovery_codes: string[];
                            /** Staff */
                            staff: {
                                email: string;
                                /** @description Id of a member of the staff */
                                id: number;
                                /**
                                 * @description Each role may do what the ones before it may
                                 * @enum {unknown}
                                 */
                                role: "viewer" | "operator" | "manager" | "owner";
                            };
                            /** @description For `Authorization: Bearer …`; shown once */
                            token: string;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `totp_wrong`: The code is not the one of this secret and moment: type what the app shows now, and set the phone’s clock by the network. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `invitation_not_found`: This invitation is no longer good: it was used, replaced or is older than 72 hours. Ask for a new link. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `overloaded`: Too much is going on: try again in a moment.
                 *
                 *     `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/invitations/open": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Open an invitation
         * @description Shows whom the link is for, and the secret for the authenticator app; the same each time, until it is accepted.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description What stands after `#token=` in the link of the invitation */
                        token: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            email: string;
                            /**
                             * @description `join`: an account is made; `renew`: an account gets another password and another authenticator app
                             * @enum {unknown}
                             */
                            purpose: "join" | "renew";
                            /**
                             * @description Each role may do what the ones before it may
                             * @enum {unknown}
                             */
                            role: "viewer" | "operator" | "manager" | "owner";
                            /** @description For the authenticator app, to be shown as a QR code: `otpauth://totp/…?secret=…` */
                            totp_uri: string;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `invitation_not_found`: This invitation is no longer good: it was used, replaced or is older than 72 hours. Ask for a new link. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `overloaded`: Too much is going on: try again in a moment.
                 *
                 *     `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List API keys
         * @description Newest first, also those of the past; never what they are. Needs the role `owner`.
         */
        get: {
            parameters: {
                query: {
                    /** @description `next_cursor` of the page before; goes with the same filters and sort */
                    cursor?: string;
                    /** @description Entries on a page */
                    limit: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /**
                                 * Format: date-time
                                 * @description When it was made
                                 */
                                created_at: string;
                                /**
                                 * Format: date-time
                                 * @description Until when it is good
                                 */
                                expires_at: string;
                                /** @description Id of a key */
                                id: number;
                                /** @description Of the service that uses it */
                                name: string;
                                /** @description When it was revoked */
                                revoked_at: string | null;
                                scopes: string[];
                                /** @enum {unknown} */
                                state: "live" | "expired" | "revoked";
                            }[];
                            /** @description For the next page; null on the last */
                            next_cursor: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Make an API key
         * @description Two of one name may be good at a time, so that a service changes its key without a pause. Needs the role `owner`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @default 365 */
                        expires_in_days: number;
                        /** @description Of the service: up to 63 letters, digits, dots, dashes and underscores */
                        name: string;
                        /** @description What it is good for */
                        scopes: ("reports" | "orders:status")[];
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description When it was made
                             */
                            created_at: string;
                            /**
                             * Format: date-time
                             * @description Until when it is good
                             */
                            expires_at: string;
                            /** @description Id of a key */
                            id: number;
                            /** @description For `Authorization: Bearer …`; shown once */
                            key: string;
                            /** @description Of the service that uses it */
                            name: string;
                            /** @description When it was revoked */
                            revoked_at: string | null;
                            scopes: string[];
                            /** @enum {unknown} */
                            state: "live" | "expired" | "revoked";
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `key_limit`: Two keys of this name are good already, see "live": revoke the one that is no longer used. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description It is over at once. The same again changes nothing. Needs the role `owner`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of a key */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description When it was made
                             */
                            created_at: string;
                            /**
                             * Format: date-time
                             * @description Until when it is good
                             */
                            expires_at: string;
                            /** @description Id of a key */
                            id: number;
                            /** @description Of the service that uses it */
                            name: string;
                            /** @description When it was revoked */
                            revoked_at: string | null;
                            scopes: string[];
                            /** @enum {unknown} */
                            state: "live" | "expired" | "revoked";
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `key_not_found`: There is no key with this id. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at one’s own account
         * @description Needs the role `viewer`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            email: string;
                            /** @description Id of a member of the staff */
                            id: number;
                            /**
                             * @description Each role may do what the ones before it may
                             * @enum {unknown}
                             */
                            role: "viewer" | "operator" | "manager" | "owner";
                        };
                    };
                };
                /** @description `malformed_request`: The request could not be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `overloaded`: Too much is going on: try again in a moment.
                 *
                 *     `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/me/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change one’s own password
         * @description Asks for the current one and a code, with the tries of `POST /admin/sessions`. The other sessions end, this one stays. Needs the role `viewer`.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        current_password: string;
                        /** @description Without the part of the email before the @ */
                        password: string;
                        /** @description The six digits that the authenticator app shows now, or one of the recovery codes */
                        totp: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `credentials_wrong`: The email, the password or the code is wrong, or the code was used before: type them again, with the code the app shows now.
                 *
                 *     `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid.
                 */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `too_many_requests`: Too many requests: wait as long as Retry-After says. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `overloaded`: Too much is going on: try again in a moment.
                 *
                 *     `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List orders
         * @description Needs the role `viewer`.
         */
        get: {
            parameters: {
                query: {
                    /** @description `next_cursor` of the page before; goes with the same filters and sort */
                    cursor?: string;
                    /** @description Placed at or after */
                    from?: string;
                    /** @description Only of these orders, at most 100, with commas between: to read again what is shown */
                    ids?: string;
                    /** @description Entries on a page */
                    limit: number;
                    method?: "courier" | "pickup";
                    /** @description A part of the customer’s name. Of a common one the newest customers are looked at: see `name_too_common` */
                    name?: string;
                    /** @description The order’s number */
                    number?: number;
                    /** @description The order’s phone, as people write it */
                    phone?: string;
                    /** @description By number, which grows as orders are placed, or total */
                    sort: "newest" | "oldest" | "total" | "-total";
                    /** @description One or more, with commas between */
                    status?: string;
                    /** @description Placed before */
                    to?: string;
                    /** @description Highest total */
                    total_max?: number;
                    /** @description Lowest total */
                    total_min?: number;
                    /** @description Whose orders */
                    user_id?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /** Format: date-time */
                                created_at: string;
                                /** @description ISO 4217 */
                                currency: string;
                                /** Delivery */
                                delivery: {
                                    address: {
                                        full_address: string;
                                        kladr_id?: string;
                                    };
                                    /** @description Who carries it now */
                                    carrier: string | null;
                                    /** @description The day it should arrive */
                                    estimated_at: string | null;
                                    /** @description What happened, newest first, at most 100; left out in lists */
                                    events?: {
                                        carrier: string | null;
                                        estimated_at: string | null;
                                        location: string | null;
                                        /** Format: date-time */
                                        occurred_at: string;
                                        /** @enum {unknown} */
                                        status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                        tracking_number: string | null;
                                    }[];
                                    /** @enum {string} */
                                    method: "courier";
                                    /** @description What happened last, by when it happened; null before the first message of the delivery service */
                                    status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                                    /** @description The carrier’s number for it */
                                    tracking_number: string | null;
                                } | {
                                    /** @description Who carries it now */
                                    carrier: string | null;
                                    /** @description The day it should arrive */
                                    estimated_at: string | null;
                                    /** @description What happened, newest first, at most 100; left out in lists */
                                    events?: {
                                        carrier: string | null;
                                        estimated_at: string | null;
                                        location: string | null;
                                        /** Format: date-time */
                                        occurred_at: string;
                                        /** @enum {unknown} */
                                        status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                        tracking_number: string | null;
                                    }[];
                                    /** @enum {string} */
                                    method: "pickup";
                                    pickup_point_id: string;
                                    /** @description What happened last, by when it happened; null before the first message of the delivery service */
                                    status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                                    /** @description The carrier’s number for it */
                                    tracking_number: string | null;
                                };
                                /** Format: uuid */
                                id: string;
                                items: {
                                    name: string;
                                    /** @description A whole number, in the unit the inventory service sends */
                                    price: number;
                                    /** @description The inventory service’s id */
                                    product_id: number;
                                    quantity: number;
                                    /** @description A whole number, in the unit the inventory service sends */
                                    sum: number;
                                }[];
                                /** @description What staff may change the status to */
                                next_statuses: ("paid" | "assembling" | "ready" | "received" | "cancelled")[];
                                /** @description For people */
                                number: number;
                                /** @description E.164 */
                                phone: string;
                                /** @enum {unknown} */
                                status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                                /** @description In the language of Accept-Language; `ready` by delivery method */
                                status_label: string;
                                /** @description A whole number, in the unit the inventory service sends */
                                total: number;
                                /** Format: date-time */
                                updated_at: string;
                                user_id: number;
                                /** @description The customer’s name as it is now */
                                user_name: string;
                                /** @description Grows with each change of status; the ETag */
                                version: number;
                            }[];
                            /** @description More than 100 customers have the `name`: only orders of the newest 100 of them are told. Narrow it */
                            name_too_common: boolean;
                            /** @description For the next page; null on the last */
                            next_cursor: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at an order
         * @description Needs the role `viewer`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What staff whose role may change orders may do with it now, and why not the rest */
                            can: {
                                /** @description Every status there is, in the order of an order’s way */
                                statuses: {
                                    allowed: boolean;
                                    /** @description Why it may not be changed to that one: it has it already, its status is final, or that one lies behind it. Null when it may */
                                    code: ("status_current" | "status_final" | "status_passed") | null;
                                    /** @description In the language of Accept-Language; `ready` by delivery method */
                                    label: string;
                                    /** @enum {unknown} */
                                    status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                                }[];
                            };
                            /** Format: date-time */
                            created_at: string;
                            /** @description ISO 4217 */
                            currency: string;
                            /** Delivery */
                            delivery: {
                                address: {
                                    full_address: string;
                                    kladr_id?: string;
                                };
                                /** @description Who carries it now */
                                carrier: string | null;
                                /** @description The day it should arrive */
                                estimated_at: string | null;
                                /** @description What happened, newest first, at most 100; left out in lists */
                                events?: {
                                    carrier: string | null;
                                    estimated_at: string | null;
                                    location: string | null;
                                    /** Format: date-time */
                                    occurred_at: string;
                                    /** @enum {unknown} */
                                    status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                    tracking_number: string | null;
                                }[];
                                /** @enum {string} */
                                method: "courier";
                                /** @description What happened last, by when it happened; null before the first message of the delivery service */
                                status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                                /** @description The carrier’s number for it */
                                tracking_number: string | null;
                            } | {
                                /** @description Who carries it now */
                                carrier: string | null;
                                /** @description The day it should arrive */
                                estimated_at: string | null;
                                /** @description What happened, newest first, at most 100; left out in lists */
                                events?: {
                                    carrier: string | null;
                                    estimated_at: string | null;
                                    location: string | null;
                                    /** Format: date-time */
                                    occurred_at: string;
                                    /** @enum {unknown} */
                                    status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                    tracking_number: string | null;
                                }[];
                                /** @enum {string} */
                                method: "pickup";
                                pickup_point_id: string;
                                /** @description What happened last, by when it happened; null before the first message of the delivery service */
                                status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                                /** @description The carrier’s number for it */
                                tracking_number: string | null;
                            };
                            history: {
                                actor: {
                                    id: number | null;
                                    /** @description The email of a member of the staff, the name of a customer; null of everybody else and of who is no longer there */
                                    name: string | null;
                                    /** @enum {unknown} */
                                    type: "customer" | "staff" | "service" | "inventory" | "delivery";
                                };
                                /** Format: date-time */
                                at: string;
                                reason: string | null;
                                /** @enum {unknown} */
                                source: "api" | "topic" | "admin";
                                /** @enum {unknown} */
                                status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                                version: number;
                            }[];
                            /** Format: uuid */
                            id: string;
                            items: {
                                name: string;
                                /** @description A whole number, in the unit the inventory service sends */
                                price: number;
                                /** @description The inventory service’s id */
                                product_id: number;
                                quantity: number;
                                /** @description A whole number, in the unit the inventory service sends */
                                sum: number;
                            }[];
                            /** @description What staff may change the status to */
                            next_statuses: ("paid" | "assembling" | "ready" | "received" | "cancelled")[];
                            /** @description What the staff noted for colleagues, newest last */
                            notes: {
                                /** Format: date-time */
                                at: string;
                                author: {
                                    id: number;
                                    /** @description The email of a member of the staff, the name of a customer; null of everybody else and of who is no longer there */
                                    name: string | null;
                                };
                                id: number;
                                text: string;
                            }[];
                            /** @description For people */
                            number: number;
                            /** @description E.164 */
                            phone: string;
                            /** @description Commands of other services that the status table refused, newest first */
                            refusals: {
                                actor: {
                                    id: number | null;
                                    /** @enum {unknown} */
                                    type: "customer" | "staff" | "service" | "inventory" | "delivery";
                                };
                                /** Format: date-time */
                                at: string;
                                /** @enum {unknown} */
                                from: "paid" | "assembling" | "ready" | "received" | "cancelled";
                                reason: string | null;
                                /** @enum {unknown} */
                                source: "api" | "topic" | "admin";
                                /** @description What was asked for */
                                status: string;
                            }[];
                            /** @enum {unknown} */
                            status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                            /** @description In the language of Accept-Language; `ready` by delivery method */
                            status_label: string;
                            /** @description A whole number, in the unit the inventory service sends */
                            total: number;
                            /** Format: date-time */
                            updated_at: string;
                            user_id: number;
                            /** @description The customer’s name as it is now; empty when the person was erased */
                            user_name: string;
                            /** @description Grows with each change of status; the ETag */
                            version: number;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `order_not_found`: There is no such order. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/orders/{id}/notes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Note something on an order for colleagues
         * @description The customer never sees it, and neither do other services. Needs the role `operator`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        text: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            at: string;
                            author: {
                                id: number;
                                /** @description The email of a member of the staff, the name of a customer; null of everybody else and of who is no longer there */
                                name: string | null;
                            };
                            id: number;
                            text: string;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `order_not_found`: There is no such order. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `too_many_notes`: The order has as many notes as it may have, "limit": delete one of yours first. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `user_erased`: This user was erased at "erased_at": only the orders are left, of nobody. */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/orders/{id}/notes/{note_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete one’s own note
         * @description Needs the role `operator`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                    note_id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description It is gone */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `note_of_another`: Somebody else wrote this note: only they may delete it.
                 *
                 *     `forbidden`: You may not do this.
                 */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `note_not_found`: The order has no such note. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/orders/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change an order’s status
         * @description Needs the role `operator`.
         */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Required: the ETag, as you have seen it, `"3"`; also as `W/"3"` */
                    "if-match"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Why, in words for people */
                        reason?: string | null;
                        /** @enum {unknown} */
                        status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What staff whose role may change orders may do with it now, and why not the rest */
                            can: {
                                /** @description Every status there is, in the order of an order’s way */
                                statuses: {
                                    allowed: boolean;
                                    /** @description Why it may not be changed to that one: it has it already, its status is final, or that one lies behind it. Null when it may */
                                    code: ("status_current" | "status_final" | "status_passed") | null;
                                    /** @description In the language of Accept-Language; `ready` by delivery method */
                                    label: string;
                                    /** @enum {unknown} */
                                    status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                                }[];
                            };
                            /** Format: date-time */
                            created_at: string;
                            /** @description ISO 4217 */
                            currency: string;
                            /** Delivery */
                            delivery: {
                                address: {
                                    full_address: string;
                                    kladr_id?: string;
                                };
                                /** @description Who carries it now */
                                carrier: string | null;
                                /** @description The day it should arrive */
                                estimated_at: string | null;
                                /** @description What happened, newest first, at most 100; left out in lists */
                                events?: {
                                    carrier: string | null;
                                    estimated_at: string | null;
                                    location: string | null;
                                    /** Format: date-time */
                                    occurred_at: string;
                                    /** @enum {unknown} */
                                    status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                    tracking_number: string | null;
                                }[];
                                /** @enum {string} */
                                method: "courier";
                                /** @description What happened last, by when it happened; null before the first message of the delivery service */
                                status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                                /** @description The carrier’s number for it */
                                tracking_number: string | null;
                            } | {
                                /** @description Who carries it now */
                                carrier: string | null;
                                /** @description The day it should arrive */
                                estimated_at: string | null;
                                /** @description What happened, newest first, at most 100; left out in lists */
                                events?: {
                                    carrier: string | null;
                                    estimated_at: string | null;
                                    location: string | null;
                                    /** Format: date-time */
                                    occurred_at: string;
                                    /** @enum {unknown} */
                                    status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                    tracking_number: string | null;
                                }[];
                                /** @enum {string} */
                                method: "pickup";
                                pickup_point_id: string;
                                /** @description What happened last, by when it happened; null before the first message of the delivery service */
                                status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                                /** @description The carrier’s number for it */
                                tracking_number: string | null;
                            };
                            history: {
                                actor: {
                                    id: number | null;
                                    /** @description The email of a member of the staff, the name of a customer; null of everybody else and of who is no longer there */
                                    name: string | null;
                                    /** @enum {unknown} */
                                    type: "customer" | "staff" | "service" | "inventory" | "delivery";
                                };
                                /** Format: date-time */
                                at: string;
                                reason: string | null;
                                /** @enum {unknown} */
                                source: "api" | "topic" | "admin";
                                /** @enum {unknown} */
                                status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                                version: number;
                            }[];
                            /** Format: uuid */
                            id: string;
                            items: {
                                name: string;
                                /** @description A whole number, in the unit the inventory service sends */
                                price: number;
                                /** @description The inventory service’s id */
                                product_id: number;
                                quantity: number;
                                /** @description A whole number, in the unit the inventory service sends */
                                sum: number;
                            }[];
                            /** @description What staff may change the status to */
                            next_statuses: ("paid" | "assembling" | "ready" | "received" | "cancelled")[];
                            /** @description What the staff noted for colleagues, newest last */
                            notes: {
                                /** Format: date-time */
                                at: string;
                                author: {
                                    id: number;
                                    /** @description The email of a member of the staff, the name of a customer; null of everybody else and of who is no longer there */
                                    name: string | null;
                                };
                                id: number;
                                text: string;
                            }[];
                            /** @description For people */
                            number: number;
                            /** @description E.164 */
                            phone: string;
                            /** @description Commands of other services that the status table refused, newest first */
                            refusals: {
                                actor: {
                                    id: number | null;
                                    /** @enum {unknown} */
                                    type: "customer" | "staff" | "service" | "inventory" | "delivery";
                                };
                                /** Format: date-time */
                                at: string;
                                /** @enum {unknown} */
                                from: "paid" | "assembling" | "ready" | "received" | "cancelled";
                                reason: string | null;
                                /** @enum {unknown} */
                                source: "api" | "topic" | "admin";
                                /** @description What was asked for */
                                status: string;
                            }[];
                            /** @enum {unknown} */
                            status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                            /** @description In the language of Accept-Language; `ready` by delivery method */
                            status_label: string;
                            /** @description A whole number, in the unit the inventory service sends */
                            total: number;
                            /** Format: date-time */
                            updated_at: string;
                            user_id: number;
                            /** @description The customer’s name as it is now; empty when the person was erased */
                            user_name: string;
                            /** @description Grows with each change of status; the ETag */
                            version: number;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `order_not_found`: There is no such order. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `transition_refused`: The order can’t go from its status to that one: see "current". */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `version_stale`: It has changed since you read it: look at "current" and decide anew. */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `version_required`: Send If-Match with the version you have seen, as in the ETag. */
                428: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/v1/admin/orders/bulk-status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change the status of many orders
         * @description Each order on its own: those that can be changed are, whatever becomes of the others. Sent again it changes nothing more. Whoever must not overwrite what a colleague does meanwhile changes one order, with If-Match. Needs the role `operator`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Whichever order stands there twice is changed, and told of, once */
                        ids: string[];
                        /** @description Why, in words for people */
                        reason?: string | null;
                        /** @enum {unknown} */
                        status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /** @description The code of the problem where it was not changed for one: `transition_refused`, `order_not_found`, … */
                                code: string | null;
                                /** Format: uuid */
                                id: string;
                                /** @description As it is now; null where it could not be read */
                                order: {
                                    /** Format: date-time */
                                    created_at: string;
                                    /** @description ISO 4217 */
                                    currency: string;
                                    /** Delivery */
                                    delivery: {
                                        address: {
                                            full_address: string;
                                            kladr_id?: string;
                                        };
                                        /** @description Who carries it now */
                                        carrier: string | null;
                                        /** @description The day it should arrive */
                                        estimated_at: string | null;
                                        /** @description What happened, newest first, at most 100; left out in lists */
                                        events?: {
                                            carrier: string | null;
                                            estimated_at: string | null;
                                            location: string | null;
                                            /** Format: date-time */
                                            occurred_at: string;
                                            /** @enum {unknown} */
                                            status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                            tracking_number: string | null;
                                        }[];
                                        /** @enum {string} */
                                        method: "courier";
                                        /** @description What happened last, by when it happened; null before the first message of the delivery service */
                                        status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                                        /** @description The carrier’s number for it */
                                        tracking_number: string | null;
                                    } | {
                                        /** @description Who carries it now */
                                        carrier: string | null;
                                        /** @description The day it should arrive */
                                        estimated_at: string | null;
                                        /** @description What happened, newest first, at most 100; left out in lists */
                                        events?: {
                                            carrier: string | null;
                                            estimated_at: string | null;
                                            location: string | null;
                                            /** Format: date-time */
                                            occurred_at: string;
                                            /** @enum {unknown} */
                                            status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                            tracking_number: string | null;
                                        }[];
                                        /** @enum {string} */
                                        method: "pickup";
                                        pickup_point_id: string;
                                        /** @description What happened last, by when it happened; null before the first message of the delivery service */
                                        status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                                        /** @description The carrier’s number for it */
                                        tracking_number: string | null;
                                    };
                                    /** Format: uuid */
                                    id: string;
                                    items: {
                                        name: string;
                                        /** @description A whole number, in the unit the inventory service sends */
                                        price: number;
                                        /** @description The inventory service’s id */
                                        product_id: number;
                                        quantity: number;
                                        /** @description A whole number, in the unit the inventory service sends */
                                        sum: number;
                                    }[];
                                    /** @description What staff may change the status to */
                                    next_statuses: ("paid" | "assembling" | "ready" | "received" | "cancelled")[];
                                    /** @description For people */
                                    number: number;
                                    /** @description E.164 */
                                    phone: string;
                                    /** @enum {unknown} */
                                    status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                                    /** @description In the language of Accept-Language; `ready` by delivery method */
                                    status_label: string;
                                    /** @description A whole number, in the unit the inventory service sends */
                                    total: number;
                                    /** Format: date-time */
                                    updated_at: string;
                                    user_id: number;
                                    /** @description The customer’s name as it is now */
                                    user_name: string;
                                    /** @description Grows with each change of status; the ETag */
                                    version: number;
                                } | null;
                                /**
                                 * @description `unchanged`: it has that status already. `failed`: it could not be tried; ask again for it
                                 * @enum {unknown}
                                 */
                                outcome: "changed" | "unchanged" | "refused" | "not_found" | "failed";
                            }[];
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/orders/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export orders
         * @description All orders that fit, as CSV in UTF-8 with a byte order mark, for Excel and LibreOffice: the header and the words in the language of `locale` or Accept-Language, with semicolons between the values in Russian and commas in English, times as `2026-11-25 20:02:24` by the clock of `time_zone`. A value that begins like a formula has an apostrophe in front. An order is told once, as it was when it was read. An answer that is cut is not whole. Needs the role `viewer`.
         */
        get: {
            parameters: {
                query: {
                    /** @description Placed at or after */
                    from?: string;
                    /** @description The language, for a link that can’t say Accept-Language */
                    locale?: "ru" | "en";
                    method?: "courier" | "pickup";
                    /** @description A part of the customer’s name. Of a common one the newest customers are looked at: see `name_too_common` */
                    name?: string;
                    /** @description The order’s number */
                    number?: number;
                    /** @description The order’s phone, as people write it */
                    phone?: string;
                    /** @description By number, which grows as orders are placed, or total */
                    sort: "newest" | "oldest" | "total" | "-total";
                    /** @description One or more, with commas between */
                    status?: string;
                    /** @description Which clock the times are told by: an IANA name, as Europe/Moscow */
                    time_zone: string;
                    /** @description Placed before */
                    to?: string;
                    /** @description Highest total */
                    total_max?: number;
                    /** @description Lowest total */
                    total_min?: number;
                    /** @description Whose orders */
                    user_id?: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/csv": string;
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `too_many_exports`: You have as many exports under way as you may, "limit": wait until one has ended. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `overloaded`: Too much is going on: try again in a moment.
                 *
                 *     `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/orders/views": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List one’s own views of the orders
         * @description Needs the role `viewer`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description By name */
                            data: {
                                /** @description What is shown, in this order */
                                columns: ("number" | "status" | "total" | "positions" | "customer" | "phone" | "method" | "tracking" | "created_at" | "updated_at")[];
                                /** Format: date-time */
                                created_at: string;
                                id: number;
                                /** @description One’s own views have different names, capital letters or not */
                                name: string;
                                /** @description Filters and sort of `GET /v1/admin/orders` */
                                query: {
                                    /**
                                     * Format: date-time
                                     * @description Placed at or after
                                     */
                                    from?: string;
                                    /** @enum {unknown} */
                                    method?: "courier" | "pickup";
                                    /** @description A part of the customer’s name. Of a common one the newest customers are looked at: see `name_too_common` */
                                    name?: string;
                                    /** @description The order’s number */
                                    number?: number;
                                    /** @description The order’s phone, as people write it */
                                    phone?: string;
                                    /** @enum {unknown} */
                                    sort?: "newest" | "oldest" | "total" | "-total";
                                    /** @description One or more, with commas between */
                                    status?: string;
                                    /**
                                     * Format: date-time
                                     * @description Placed before
                                     */
                                    to?: string;
                                    /** @description Highest total */
                                    total_max?: number;
                                    /** @description Lowest total */
                                    total_min?: number;
                                    /** @description Whose orders */
                                    user_id?: number;
                                };
                                /** Format: date-time */
                                updated_at: string;
                            }[];
                        };
                    };
                };
                /** @description `malformed_request`: The request could not be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Keep a view of the orders
         * @description Needs the role `viewer`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description What is shown, in this order */
                        columns: ("number" | "status" | "total" | "positions" | "customer" | "phone" | "method" | "tracking" | "created_at" | "updated_at")[];
                        /** @description One’s own views have different names, capital letters or not */
                        name: string;
                        /** @description Filters and sort of `GET /v1/admin/orders` */
                        query: {
                            /**
                             * Format: date-time
                             * @description Placed at or after
                             */
                            from?: string;
                            /** @enum {unknown} */
                            method?: "courier" | "pickup";
                            /** @description A part of the customer’s name. Of a common one the newest customers are looked at: see `name_too_common` */
                            name?: string;
                            /** @description The order’s number */
                            number?: number;
                            /** @description The order’s phone, as people write it */
                            phone?: string;
                            /** @enum {unknown} */
                            sort?: "newest" | "oldest" | "total" | "-total";
                            /** @description One or more, with commas between */
                            status?: string;
                            /**
                             * Format: date-time
                             * @description Placed before
                             */
                            to?: string;
                            /** @description Highest total */
                            total_max?: number;
                            /** @description Lowest total */
                            total_min?: number;
                            /** @description Whose orders */
                            user_id?: number;
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What is shown, in this order */
                            columns: ("number" | "status" | "total" | "positions" | "customer" | "phone" | "method" | "tracking" | "created_at" | "updated_at")[];
                            /** Format: date-time */
                            created_at: string;
                            id: number;
                            /** @description One’s own views have different names, capital letters or not */
                            name: string;
                            /** @description Filters and sort of `GET /v1/admin/orders` */
                            query: {
                                /**
                                 * Format: date-time
                                 * @description Placed at or after
                                 */
                                from?: string;
                                /** @enum {unknown} */
                                method?: "courier" | "pickup";
                                /** @description A part of the customer’s name. Of a common one the newest customers are looked at: see `name_too_common` */
                                name?: string;
                                /** @description The order’s number */
                                number?: number;
                                /** @description The order’s phone, as people write it */
                                phone?: string;
                                /** @enum {unknown} */
                                sort?: "newest" | "oldest" | "total" | "-total";
                                /** @description One or more, with commas between */
                                status?: string;
                                /**
                                 * Format: date-time
                                 * @description Placed before
                                 */
                                to?: string;
                                /** @description Highest total */
                                total_max?: number;
                                /** @description Lowest total */
                                total_min?: number;
                                /** @description Whose orders */
                                user_id?: number;
                            };
                            /** Format: date-time */
                            updated_at: string;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `view_name_taken`: You have a view of this name already: change that one, or take another name.
                 *
                 *     `too_many_views`: You have as many views as there may be, "limit": delete one first.
                 */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/orders/views/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change a view of the orders
         * @description As a whole. Needs the role `viewer`.
         */
        put: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description What is shown, in this order */
                        columns: ("number" | "status" | "total" | "positions" | "customer" | "phone" | "method" | "tracking" | "created_at" | "updated_at")[];
                        /** @description One’s own views have different names, capital letters or not */
                        name: string;
                        /** @description Filters and sort of `GET /v1/admin/orders` */
                        query: {
                            /**
                             * Format: date-time
                             * @description Placed at or after
                             */
                            from?: string;
                            /** @enum {unknown} */
                            method?: "courier" | "pickup";
                            /** @description A part of the customer’s name. Of a common one the newest customers are looked at: see `name_too_common` */
                            name?: string;
                            /** @description The order’s number */
                            number?: number;
                            /** @description The order’s phone, as people write it */
                            phone?: string;
                            /** @enum {unknown} */
                            sort?: "newest" | "oldest" | "total" | "-total";
                            /** @description One or more, with commas between */
                            status?: string;
                            /**
                             * Format: date-time
                             * @description Placed before
                             */
                            to?: string;
                            /** @description Highest total */
                            total_max?: number;
                            /** @description Lowest total */
                            total_min?: number;
                            /** @description Whose orders */
                            user_id?: number;
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What is shown, in this order */
                            columns: ("number" | "status" | "total" | "positions" | "customer" | "phone" | "method" | "tracking" | "created_at" | "updated_at")[];
                            /** Format: date-time */
                            created_at: string;
                            id: number;
                            /** @description One’s own views have different names, capital letters or not */
                            name: string;
                            /** @description Filters and sort of `GET /v1/admin/orders` */
                            query: {
                                /**
                                 * Format: date-time
                                 * @description Placed at or after
                                 */
                                from?: string;
                                /** @enum {unknown} */
                                method?: "courier" | "pickup";
                                /** @description A part of the customer’s name. Of a common one the newest customers are looked at: see `name_too_common` */
                                name?: string;
                                /** @description The order’s number */
                                number?: number;
                                /** @description The order’s phone, as people write it */
                                phone?: string;
                                /** @enum {unknown} */
                                sort?: "newest" | "oldest" | "total" | "-total";
                                /** @description One or more, with commas between */
                                status?: string;
                                /**
                                 * Format: date-time
                                 * @description Placed before
                                 */
                                to?: string;
                                /** @description Highest total */
                                total_max?: number;
                                /** @description Lowest total */
                                total_min?: number;
                                /** @description Whose orders */
                                user_id?: number;
                            };
                            /** Format: date-time */
                            updated_at: string;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `view_not_found`: You have no such view. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `view_name_taken`: You have a view of this name already: change that one, or take another name. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /**
         * Delete a view of the orders
         * @description Needs the role `viewer`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `view_not_found`: You have no such view. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List products for the staff
         * @description Those that were withdrawn too, with the version and the time of the last message. Needs the role `viewer`.
         */
        get: {
            parameters: {
                query: {
                    /** @description `next_cursor` of the page before; goes with the same filters and sort */
                    cursor?: string;
                    /** @description Entries on a page */
                    limit: number;
                    /** @description Highest price */
                    price_max?: number;
                    /** @description Lowest price */
                    price_min?: number;
                    /** @description Words of the name or description, in Russian or English; parts of words and small typos are found too */
                    search?: string;
                    /** @description `-` before a field turns its order round */
                    sort: "name" | "-name" | "price" | "-price" | "newest";
                    /** @description `withdrawn`: no longer on sale */
                    state: "on_sale" | "withdrawn" | "all";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /** @description Pieces left; null: not tracked */
                                available: number | null;
                                /**
                                 * Format: date-time
                                 * @description When the message with this version was published
                                 */
                                changed_at: string;
                                description: string;
                                /** @description The inventory service’s id */
                                id: number;
                                /** @description Null where the inventory service sent none */
                                measurements: {
                                    /** @description millimetres */
                                    height: number;
                                    /** @description millimetres */
                                    length: number;
                                    /** @description grams */
                                    weight: number;
                                    /** @description millimetres */
                                    width: number;
                                } | null;
                                name: string;
                                /** @description A whole number, in the unit the inventory service sends */
                                price: number;
                                /** @description A whole number, in the unit the inventory service sends */
                                tax: number;
                                /** @description Of the last message that was applied: the inventory service’s own */
                                version: number;
                                /** @description When the inventory service took it off sale; null: it is on sale */
                                withdrawn_at: string | null;
                            }[];
                            /** @description For the next page; null on the last */
                            next_cursor: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at a product for the staff
         * @description Needs the role `viewer`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The inventory service’s id */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Pieces left; null: not tracked */
                            available: number | null;
                            /**
                             * Format: date-time
                             * @description When the message with this version was published
                             */
                            changed_at: string;
                            description: string;
                            /** @description The inventory service’s id */
                            id: number;
                            /** @description Null where the inventory service sent none */
                            measurements: {
                                /** @description millimetres */
                                height: number;
                                /** @description millimetres */
                                length: number;
                                /** @description grams */
                                weight: number;
                                /** @description millimetres */
                                width: number;
                            } | null;
                            name: string;
                            /** @description A whole number, in the unit the inventory service sends */
                            price: number;
                            /** @description A whole number, in the unit the inventory service sends */
                            tax: number;
                            /** @description Of the last message that was applied: the inventory service’s own */
                            version: number;
                            /** @description When the inventory service took it off sale; null: it is on sale */
                            withdrawn_at: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `product_not_found`: There is no such product, or it is no longer sold. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List reports
         * @description Newest first, whoever asked for them. Needs the role `manager`.
         */
        get: {
            parameters: {
                query: {
                    /** @description `next_cursor` of the page before; goes with the same filters and sort */
                    cursor?: string;
                    /** @description Entries on a page */
                    limit: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /** @description Of the file; while it is running, so far */
                                bytes: number;
                                /** @description When it was completed or failed */
                                completed_at: string | null;
                                /** @description Why it failed; else null */
                                error: {
                                    /** @enum {unknown} */
                                    code: "storage_full" | "storage_refused" | "too_long" | "cancelled" | "internal";
                                    /** @description What to do, in the language of Accept-Language */
                                    message: string;
                                } | null;
                                /** @description How far it is; null where nobody knows */
                                estimate: {
                                    /** @description What `lines` may come to; once it is completed, exactly */
                                    lines_total: number;
                                    /** @description Null where nobody knows */
                                    seconds_left: number | null;
                                } | null;
                                /** @description Start of the period; null: from the first order */
                                from: string | null;
                                /** @description Of the file; while it is running, so far */
                                lines: number;
                                /** @description The report’s unique number, for people */
                                number: number;
                                /** Format: uuid */
                                report_id: string;
                                /** Format: date-time */
                                requested_at: string;
                                /** @description Who asked for it */
                                requested_by: {
                                    /** @description Of the API key, or of the member of the staff */
                                    id: number;
                                    /** @description The key’s name, or the email; null where it is no longer known */
                                    name: string | null;
                                    /** @enum {unknown} */
                                    type: "service" | "staff";
                                };
                                /** @description Of the file, in hexadecimal; null until it is completed */
                                sha256: string | null;
                                /**
                                 * @description `expired`: it was completed, its file is no longer kept
                                 * @enum {unknown}
                                 */
                                status: "pending" | "running" | "completed" | "failed" | "expired";
                                /** @description End of the period, not included; null: all there was when it was made */
                                to: string | null;
                            }[];
                            /** @description For the next page; null on the last */
                            next_cursor: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Ask for a report as staff
         * @description As a service does: the same report, the same events. Its progress is told by `GET /admin/events`. Needs the role `manager`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description May be left out. 1–64 printable characters: sent again with the same key, the same report is answered */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        /** @description Orders placed at or after; to the millisecond */
                        from?: string | null;
                        /** @description Orders placed before; later than `from`. Where that is just now, the report waits some seconds for them */
                        to?: string | null;
                    } | null;
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Of the file; while it is running, so far */
                            bytes: number;
                            /** @description When it was completed or failed */
                            completed_at: string | null;
                            /** @description Why it failed; else null */
                            error: {
                                /** @enum {unknown} */
                                code: "storage_full" | "storage_refused" | "too_long" | "cancelled" | "internal";
                                /** @description What to do, in the language of Accept-Language */
                                message: string;
                            } | null;
                            /** @description How far it is; null where nobody knows */
                            estimate: {
                                /** @description What `lines` may come to; once it is completed, exactly */
                                lines_total: number;
                                /** @description Null where nobody knows */
                                seconds_left: number | null;
                            } | null;
                            /** @description Start of the period; null: from the first order */
                            from: string | null;
                            /** @description Of the file; while it is running, so far */
                            lines: number;
                            /** @description The report’s unique number, for people */
                            number: number;
                            /** Format: uuid */
                            report_id: string;
                            /** Format: date-time */
                            requested_at: string;
                            /** @description Who asked for it */
                            requested_by: {
                                /** @description Of the API key, or of the member of the staff */
                                id: number;
                                /** @description The key’s name, or the email; null where it is no longer known */
                                name: string | null;
                                /** @enum {unknown} */
                                type: "service" | "staff";
                            };
                            /** @description Of the file, in hexadecimal; null until it is completed */
                            sha256: string | null;
                            /**
                             * @description `expired`: it was completed, its file is no longer kept
                             * @enum {unknown}
                             */
                            status: "pending" | "running" | "completed" | "failed" | "expired";
                            /** @description End of the period, not included; null: all there was when it was made */
                            to: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: This Idempotency-Key belongs to another request: take a new key for a new one. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/reports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at a report as staff
         * @description Needs the role `manager`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Of the file; while it is running, so far */
                            bytes: number;
                            /** @description When it was completed or failed */
                            completed_at: string | null;
                            /** @description Why it failed; else null */
                            error: {
                                /** @enum {unknown} */
                                code: "storage_full" | "storage_refused" | "too_long" | "cancelled" | "internal";
                                /** @description What to do, in the language of Accept-Language */
                                message: string;
                            } | null;
                            /** @description How far it is; null where nobody knows */
                            estimate: {
                                /** @description What `lines` may come to; once it is completed, exactly */
                                lines_total: number;
                                /** @description Null where nobody knows */
                                seconds_left: number | null;
                            } | null;
                            /** @description Start of the period; null: from the first order */
                            from: string | null;
                            /** @description Of the file; while it is running, so far */
                            lines: number;
                            /** @description The report’s unique number, for people */
                            number: number;
                            /** Format: uuid */
                            report_id: string;
                            /** Format: date-time */
                            requested_at: string;
                            /** @description Who asked for it */
                            requested_by: {
                                /** @description Of the API key, or of the member of the staff */
                                id: number;
                                /** @description The key’s name, or the email; null where it is no longer known */
                                name: string | null;
                                /** @enum {unknown} */
                                type: "service" | "staff";
                            };
                            /** @description Of the file, in hexadecimal; null until it is completed */
                            sha256: string | null;
                            /**
                             * @description `expired`: it was completed, its file is no longer kept
                             * @enum {unknown}
                             */
                            status: "pending" | "running" | "completed" | "failed" | "expired";
                            /** @description End of the period, not included; null: all there was when it was made */
                            to: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `report_not_found`: There is no such report. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Cancel a report as staff
         * @description Whoever asked for it. The same again gets the same answer. Needs the role `manager`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Of the file; while it is running, so far */
                            bytes: number;
                            /** @description When it was completed or failed */
                            completed_at: string | null;
                            /** @description Why it failed; else null */
                            error: {
                                /** @enum {unknown} */
                                code: "storage_full" | "storage_refused" | "too_long" | "cancelled" | "internal";
                                /** @description What to do, in the language of Accept-Language */
                                message: string;
                            } | null;
                            /** @description How far it is; null where nobody knows */
                            estimate: {
                                /** @description What `lines` may come to; once it is completed, exactly */
                                lines_total: number;
                                /** @description Null where nobody knows */
                                seconds_left: number | null;
                            } | null;
                            /** @description Start of the period; null: from the first order */
                            from: string | null;
                            /** @description Of the file; while it is running, so far */
                            lines: number;
                            /** @description The report’s unique number, for people */
                            number: number;
                            /** Format: uuid */
                            report_id: string;
                            /** Format: date-time */
                            requested_at: string;
                            /** @description Who asked for it */
                            requested_by: {
                                /** @description Of the API key, or of the member of the staff */
                                id: number;
                                /** @description The key’s name, or the email; null where it is no longer known */
                                name: string | null;
                                /** @enum {unknown} */
                                type: "service" | "staff";
                            };
                            /** @description Of the file, in hexadecimal; null until it is completed */
                            sha256: string | null;
                            /**
                             * @description `expired`: it was completed, its file is no longer kept
                             * @enum {unknown}
                             */
                            status: "pending" | "running" | "completed" | "failed" | "expired";
                            /** @description End of the period, not included; null: all there was when it was made */
                            to: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `report_not_found`: There is no such report. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `report_finished`: The report is finished, see "report_status": only one that is pending or running can be cancelled. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/reports/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a report
         * @description `{"product_name": "велосипед_10", "price": 500, "amount": 1, "user": {"id": 1}}`: a line for each line of each order that is not cancelled, in the order of placing. The ETag is the file’s SHA-256. Takes `Range` (one range), `If-Range` and `If-None-Match`. With `Accept-Encoding: gzip` and no `Range` it comes compressed, with `-gzip` in its ETag. Needs the role `manager`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/jsonl": string;
                    };
                };
                /** @description The part of the file that `Range` names */
                206: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/jsonl": string;
                    };
                };
                /** @description The caller has this file: `If-None-Match` */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `report_not_found`: There is no such report.
                 *
                 *     `report_file_not_found`: The report is complete, but its file is not where this server looks for it: ask for a new report.
                 */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `report_not_ready`: The report is still being made: wait for its event, or look at its status and ask again when it is completed.
                 *
                 *     `report_failed`: The report could not be made and has no file: see "error", then ask for a new one.
                 */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `report_expired`: The file of this report is no longer kept, it is older than REPORT_KEEP_DAYS: ask for a new report of the same period. */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `range_not_satisfiable`: The file has no bytes in this range: see Content-Range for its size. */
                416: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List where one is signed in as staff
         * @description Needs the role `viewer`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /**
                                 * Format: date-time
                                 * @description When it was opened
                                 */
                                created_at: string;
                                /** @description It is the one of this request */
                                current: boolean;
                                /**
                                 * Format: date-time
                                 * @description When it ends by itself
                                 */
                                expires_at: string;
                                /**
                                 * Format: uuid
                                 * @description Not its token
                                 */
                                id: string;
                                /** @description What the browser calls itself */
                                user_agent: string | null;
                            }[];
                            /** @description For the next page; null on the last */
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description `malformed_request`: The request could not be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Sign in as staff
         * @description Opens a session for 12 hours, and sets it as a cookie too. A code works once. An email takes 10 failures in 15 minutes, whether somebody has it or not.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        email: string;
                        password: string;
                        /** @description The six digits that the authenticator app shows now, or one of the recovery codes */
                        totp: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description When the session ends by itself
                             */
                            expires_at: string;
                            /** Staff */
                            staff: {
                                email: string;
                                /** @description Id of a member of the staff */
                                id: number;
                                /**
                                 * @description Each role may do what the ones before it may
                                 * @enum {unknown}
                                 */
                                role: "viewer" | "operator" | "manager" | "owner";
                            };
                            /** @description For `Authorization: Bearer …`; shown once */
                            token: string;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `credentials_wrong`: The email, the password or the code is wrong, or the code was used before: type them again, with the code the app shows now. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `too_many_requests`: Too many requests: wait as long as Retry-After says. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `overloaded`: Too much is going on: try again in a moment.
                 *
                 *     `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign out somewhere else as staff
         * @description Needs the role `viewer`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `staff_session_not_found`: You have no such session: it has ended, or it is somebody else’s. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign out as staff
         * @description Needs the role `viewer`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `overloaded`: Too much is going on: try again in a moment.
                 *
                 *     `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/staff": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the staff
         * @description By email. Needs the role `owner`.
         */
        get: {
            parameters: {
                query: {
                    /** @description `next_cursor` of the page before; goes with the same filters and sort */
                    cursor?: string;
                    /** @description Entries on a page */
                    limit: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /** @description False: may not come in */
                                active: boolean;
                                /**
                                 * Format: date-time
                                 * @description When the account was made
                                 */
                                created_at: string;
                                /** @description Since when; null: active */
                                deactivated_at: string | null;
                                email: string;
                                /** @description Id of a member of the staff */
                                id: number;
                                /** @description Null: not since this is noted */
                                last_signed_in_at: string | null;
                                /** @description Until when a link for new credentials is good; null: there is none */
                                reset_expires_at: string | null;
                                /**
                                 * @description Each role may do what the ones before it may
                                 * @enum {unknown}
                                 */
                                role: "viewer" | "operator" | "manager" | "owner";
                                second_factor: {
                                    recovery_codes_left: number;
                                    /** @enum {string} */
                                    type: "totp";
                                };
                                /** @description On how many devices signed in */
                                sessions: number;
                            }[];
                            /** @description For the next page; null on the last */
                            next_cursor: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/staff/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change somebody’s role, or shut them out
         * @description Whatever changes, their sessions end at once. Somebody must remain who may do this. Needs the role `owner`.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of a member of the staff */
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description False: shuts them out */
                        active?: boolean;
                        /**
                         * @description Each role may do what the ones before it may
                         * @enum {unknown}
                         */
                        role?: "viewer" | "operator" | "manager" | "owner";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description False: may not come in */
                            active: boolean;
                            /**
                             * Format: date-time
                             * @description When the account was made
                             */
                            created_at: string;
                            /** @description Since when; null: active */
                            deactivated_at: string | null;
                            email: string;
                            /** @description Id of a member of the staff */
                            id: number;
                            /** @description Null: not since this is noted */
                            last_signed_in_at: string | null;
                            /** @description Until when a link for new credentials is good; null: there is none */
                            reset_expires_at: string | null;
                            /**
                             * @description Each role may do what the ones before it may
                             * @enum {unknown}
                             */
                            role: "viewer" | "operator" | "manager" | "owner";
                            second_factor: {
                                recovery_codes_left: number;
                                /** @enum {string} */
                                type: "totp";
                            };
                            /** @description On how many devices signed in */
                            sessions: number;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `staff_not_found`: There is nobody of the staff with this id. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `last_owner`: This is the last owner: somebody must be able to manage the staff. Make somebody else an owner first. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/v1/admin/staff/{id}/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a link for new credentials
         * @description For who has lost the password or the phone: by the link they choose another password and register another authenticator app. It works once, for 72 hours. Their sessions end at once; what they know stays good until then, so who must not come in is to be deactivated. Needs the role `owner`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of a member of the staff */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description Until when it is good
                             */
                            expires_at: string;
                            /** @description To be given to whom it is for; shown once */
                            link: string;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `staff_not_found`: There is nobody of the staff with this id. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `staff_deactivated`: This account is deactivated: reactivate it first. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/staff/invitations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List open invitations
         * @description Newest first. Needs the role `owner`.
         */
        get: {
            parameters: {
                query: {
                    /** @description `next_cursor` of the page before; goes with the same filters and sort */
                    cursor?: string;
                    /** @description Entries on a page */
                    limit: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /**
                                 * Format: date-time
                                 * @description When the link was made
                                 */
                                created_at: string;
                                email: string;
                                /**
                                 * Format: date-time
                                 * @description Until when it is good
                                 */
                                expires_at: string;
                                /** @description Id of an invitation */
                                id: number;
                                /** @description The email of who has invited; null: the command line */
                                invited_by: string | null;
                                /**
                                 * @description Each role may do what the ones before it may
                                 * @enum {unknown}
                                 */
                                role: "viewer" | "operator" | "manager" | "owner";
                            }[];
                            /** @description For the next page; null on the last */
                            next_cursor: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Invite somebody to the staff
         * @description The link works once, for 72 hours. Another one for the same email voids the one before. Needs the role `owner`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        email: string;
                        /**
                         * @description Each role may do what the ones before it may
                         * @enum {unknown}
                         */
                        role: "viewer" | "operator" | "manager" | "owner";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description When the link was made
                             */
                            created_at: string;
                            email: string;
                            /**
                             * Format: date-time
                             * @description Until when it is good
                             */
                            expires_at: string;
                            /** @description Id of an invitation */
                            id: number;
                            /** @description The email of who has invited; null: the command line */
                            invited_by: string | null;
                            /** @description To be given to whom it is for; shown once */
                            link: string;
                            /**
                             * @description Each role may do what the ones before it may
                             * @enum {unknown}
                             */
                            role: "viewer" | "operator" | "manager" | "owner";
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `staff_exists`: This email has an account already: change its role, or make it a link for new credentials. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/staff/invitations/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Withdraw an invitation
         * @description Needs the role `owner`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of an invitation */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `invitation_not_found`: This invitation is no longer good: it was used, replaced or is older than 72 hours. Ask for a new link. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at the shop in figures
         * @description Orders as they stand now; what was placed and cancelled in a period, and how long orders stayed in each status; what waits on the topics. Figures are counted while orders change: they are exact at every moment, and cost the same however many orders there are. The period is widened to whole steps, and is two years at the most. Needs the role `viewer`.
         */
        get: {
            parameters: {
                query: {
                    /** @description Beginning of the period; left out: of today in the time zone */
                    from?: string;
                    /** @description IANA name, such as Europe/Moscow: where days begin */
                    time_zone: string;
                    /** @description End of the period, itself not within it; left out: now */
                    to?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cancelled: {
                                orders: number;
                                /** @description Sum of their totals; 9007199254740991 (2^53 − 1) stands for more, too */
                                total: number;
                            };
                            /** @description ISO 4217 */
                            currency: string;
                            /** @description Messages and events to be decided on; of each topic and reason counted up to 1,000 */
                            dead_letters: number;
                            /**
                             * Format: date-time
                             * @description Beginning of the period’s first step
                             */
                            from: string;
                            /** @description Topics that come in */
                            inbound: {
                                /** @description When the first of them was published; null: none waits, or nobody can say */
                                oldest_at: string | null;
                                topic: string;
                                /** @description Messages that are not worked off yet; null: the broker does not say just now */
                                waiting: number | null;
                            }[];
                            /** @description All orders as they stand now, by status */
                            now: {
                                orders: number;
                                /** @enum {unknown} */
                                status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                                /** @description Sum of their totals; 9007199254740991 (2^53 − 1) stands for more, too */
                                total: number;
                            }[];
                            outbox: {
                                /** @description When the oldest of them was written */
                                oldest_at: string | null;
                                /** @description Events that wait for the broker; counted up to 10,000 */
                                waiting: number;
                            };
                            placed: {
                                orders: number;
                                /** @description Sum of their totals; 9007199254740991 (2^53 − 1) stands for more, too */
                                total: number;
                            };
                            /** @description Every step of the period, in order */
                            series: {
                                /**
                                 * Format: date-time
                                 * @description Beginning of the step
                                 */
                                at: string;
                                /** @description By when they were cancelled, whenever they were placed */
                                cancelled: number;
                                /** @description Sum of their totals; 9007199254740991 (2^53 − 1) stands for more, too */
                                cancelled_total: number;
                                placed: number;
                                /** @description Sum of their totals; 9007199254740991 (2^53 − 1) stands for more, too */
                                placed_total: number;
                            }[];
                            /** @description Time spent in each status that orders leave */
                            stays: {
                                /** @description Buckets that hold any */
                                histogram: {
                                    from_s: number;
                                    orders: number;
                                    /** @description Null: however long */
                                    to_s: number | null;
                                }[];
                                /** @description How long they had been in it on average, in seconds */
                                mean_s: number | null;
                                /** @description Half of them no longer; estimated within its bucket of the histogram */
                                median_s: number | null;
                                /** @description Those that left it in the period */
                                orders: number;
                                /** @description Nine tenths of them no longer; estimated as well */
                                p90_s: number | null;
                                /** @enum {unknown} */
                                status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                            }[];
                            /**
                             * @description Hours of UTC up to eight days, beyond that days of the time zone
                             * @enum {unknown}
                             */
                            step: "hour" | "day";
                            time_zone: string;
                            /**
                             * Format: date-time
                             * @description End of the period’s last step
                             */
                            to: string;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List users
         * @description Newest first, without those who were erased. Leaves a line in the audit log. Needs the role `viewer`.
         */
        get: {
            parameters: {
                query: {
                    /** @description Only those who are blocked, or who are not */
                    blocked?: boolean;
                    /** @description `next_cursor` of the page before; goes with the same filters and sort */
                    cursor?: string;
                    /** @description Entries on a page */
                    limit: number;
                    /** @description A part of the name, email or phone, the phone also as people write it; a typo in the name does no harm */
                    search?: string;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                blocked: boolean;
                                /**
                                 * Format: date-time
                                 * @description When the person registered
                                 */
                                created_at: string;
                                email: string;
                                /** @description Id of a user */
                                id: number;
                                name: string;
                                /** @description How many orders the user has placed */
                                orders: number;
                                /** @description E.164, like +79001234567 */
                                phone: string;
                            }[];
                            /** @description For the next page; null on the last */
                            next_cursor: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at a user
         * @description Leaves a line in the audit log. Needs the role `viewer`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of a user */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            blocked: boolean;
                            blocked_at: string | null;
                            /** @description Who of the staff did it; null also where that is not known */
                            blocked_by: {
                                /** @description Null when the account is gone */
                                email: string | null;
                                id: number;
                            } | null;
                            blocked_reason: string | null;
                            /**
                             * Format: date-time
                             * @description When the person agreed to the processing of personal data
                             */
                            consented_at: string;
                            /**
                             * Format: date-time
                             * @description When the person registered
                             */
                            created_at: string;
                            email: string;
                            /** @description Id of a user */
                            id: number;
                            /**
                             * @description Language of messages: Russian or English
                             * @enum {unknown}
                             */
                            locale: "ru" | "en";
                            name: string;
                            /** @description How many orders the user has placed */
                            orders: number;
                            /** @description How many of the orders are neither received nor cancelled */
                            orders_under_way: number;
                            /** @description E.164, like +79001234567 */
                            phone: string;
                            /** @description On how many devices the user is signed in */
                            sessions: number;
                            /** @description Grows with each change of the user’s own data or block; the ETag */
                            version: number;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `user_not_found`: There is no such user. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `user_erased`: This user was erased at "erased_at": only the orders are left, of nobody. */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Edit a user
         * @description What is left out stays as it is. With another phone, which is what the account is known by, all sessions end, and both phones are told by SMS. Needs the role `manager`.
         */
        patch: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Required: the ETag, as you have seen it, `"3"`; also as `W/"3"` */
                    "if-match"?: string;
                };
                path: {
                    /** @description Id of a user */
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: email */
                        email?: string;
                        /**
                         * @description Language of messages: Russian or English
                         * @enum {unknown}
                         */
                        locale?: "ru" | "en";
                        /** @description How to address the person; in one line */
                        name?: string;
                        /** @description As people write it; without a country code it is one of the shop’s country. Kept as E.164 */
                        phone?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            blocked: boolean;
                            blocked_at: string | null;
                            /** @description Who of the staff did it; null also where that is not known */
                            blocked_by: {
                                /** @description Null when the account is gone */
                                email: string | null;
                                id: number;
                            } | null;
                            blocked_reason: string | null;
                            /**
                             * Format: date-time
                             * @description When the person agreed to the processing of personal data
                             */
                            consented_at: string;
                            /**
                             * Format: date-time
                             * @description When the person registered
                             */
                            created_at: string;
                            email: string;
                            /** @description Id of a user */
                            id: number;
                            /**
                             * @description Language of messages: Russian or English
                             * @enum {unknown}
                             */
                            locale: "ru" | "en";
                            name: string;
                            /** @description How many orders the user has placed */
                            orders: number;
                            /** @description How many of the orders are neither received nor cancelled */
                            orders_under_way: number;
                            /** @description E.164, like +79001234567 */
                            phone: string;
                            /** @description On how many devices the user is signed in */
                            sessions: number;
                            /** @description Grows with each change of the user’s own data or block; the ETag */
                            version: number;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `user_not_found`: There is no such user. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `phone_taken`: Another user has this phone: each has one of their own. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `user_erased`: This user was erased at "erased_at": only the orders are left, of nobody. */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `version_stale`: It has changed since you read it: look at "current" and decide anew. */
                412: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `version_required`: Send If-Match with the version you have seen, as in the ETag. */
                428: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/v1/admin/users/{id}/block": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Block a user
         * @description Signs the user out everywhere and lets nobody in again. What is blocked already stays as it is. Needs the role `manager`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of a user */
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Why, for the staff; the user is not told */
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            blocked: boolean;
                            blocked_at: string | null;
                            /** @description Who of the staff did it; null also where that is not known */
                            blocked_by: {
                                /** @description Null when the account is gone */
                                email: string | null;
                                id: number;
                            } | null;
                            blocked_reason: string | null;
                            /**
                             * Format: date-time
                             * @description When the person agreed to the processing of personal data
                             */
                            consented_at: string;
                            /**
                             * Format: date-time
                             * @description When the person registered
                             */
                            created_at: string;
                            email: string;
                            /** @description Id of a user */
                            id: number;
                            /**
                             * @description Language of messages: Russian or English
                             * @enum {unknown}
                             */
                            locale: "ru" | "en";
                            name: string;
                            /** @description How many orders the user has placed */
                            orders: number;
                            /** @description How many of the orders are neither received nor cancelled */
                            orders_under_way: number;
                            /** @description E.164, like +79001234567 */
                            phone: string;
                            /** @description On how many devices the user is signed in */
                            sessions: number;
                            /** @description Grows with each change of the user’s own data or block; the ETag */
                            version: number;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `user_not_found`: There is no such user. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `user_erased`: This user was erased at "erased_at": only the orders are left, of nobody. */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/{id}/erase": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Erase a user
         * @description For good: name, phone, email, addresses and whatever else tells of the person go from every table, the sessions end, and the phone may register again. Orders and their sums stay. While an order is under way it is 409. Needs the role `manager`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of a user */
                    id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The user’s phone, typed anew, as people write it */
                        confirm: string;
                        /** @description Why, for the audit log, where it stays: nothing of the person, but the request’s number */
                        reason: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `user_not_found`: There is no such user. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `orders_under_way`: Orders are still under way, see "orders": wait until they are received, or cancel them, then erase. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `user_erased`: This user was erased at "erased_at": only the orders are left, of nobody. */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `confirmation_wrong`: What was typed is not this user’s phone: look whom you are about to erase, and type the phone. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/{id}/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export everything about a user
         * @description The same as the user gets from `GET /v1/me/export`. Leaves a line in the audit log. Needs the role `manager`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of a user */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cart: {
                                /** @description ISO 4217 */
                                currency: string;
                                items: {
                                    /** @description Could be ordered now in this quantity */
                                    available: boolean;
                                    name: string;
                                    /** @description A whole number, in the unit the inventory service sends */
                                    price: number;
                                    /** @description The inventory service’s id */
                                    product_id: number;
                                    quantity: number;
                                    /** @description A whole number, in the unit the inventory service sends */
                                    sum: number;
                                }[];
                                /** @description Different products */
                                positions: number;
                                /** @description A whole number, in the unit the inventory service sends */
                                total: number;
                                /** @description When it was changed last; null where it never was */
                                updated_at: string | null;
                                /** @description Grows with each change; the ETag */
                                version: number;
                            };
                            consents: {
                                /**
                                 * Format: date-time
                                 * @description When it was agreed to
                                 */
                                at: string;
                                /** @description Which text was agreed to */
                                version: string;
                            }[];
                            /**
                             * Format: date-time
                             * @description Of which moment this is
                             */
                            exported_at: string;
                            /** @description Newest first, with history and delivery */
                            orders: {
                                /** @description What the customer may do with it now */
                                can: {
                                    cancel: boolean;
                                };
                                /** Format: date-time */
                                created_at: string;
                                /** @description ISO 4217 */
                                currency: string;
                                /** Delivery */
                                delivery: {
                                    address: {
                                        full_address: string;
                                        kladr_id?: string;
                                    };
                                    /** @description Who carries it now */
                                    carrier: string | null;
                                    /** @description The day it should arrive */
                                    estimated_at: string | null;
                                    /** @description What happened, newest first, at most 100; left out in lists */
                                    events?: {
                                        carrier: string | null;
                                        estimated_at: string | null;
                                        location: string | null;
                                        /** Format: date-time */
                                        occurred_at: string;
                                        /** @enum {unknown} */
                                        status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                        tracking_number: string | null;
                                    }[];
                                    /** @enum {string} */
                                    method: "courier";
                                    /** @description What happened last, by when it happened; null before the first message of the delivery service */
                                    status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                                    /** @description The carrier’s number for it */
                                    tracking_number: string | null;
                                } | {
                                    /** @description Who carries it now */
                                    carrier: string | null;
                                    /** @description The day it should arrive */
                                    estimated_at: string | null;
                                    /** @description What happened, newest first, at most 100; left out in lists */
                                    events?: {
                                        carrier: string | null;
                                        estimated_at: string | null;
                                        location: string | null;
                                        /** Format: date-time */
                                        occurred_at: string;
                                        /** @enum {unknown} */
                                        status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                        tracking_number: string | null;
                                    }[];
                                    /** @enum {string} */
                                    method: "pickup";
                                    pickup_point_id: string;
                                    /** @description What happened last, by when it happened; null before the first message of the delivery service */
                                    status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                                    /** @description The carrier’s number for it */
                                    tracking_number: string | null;
                                };
                                history: {
                                    actor: {
                                        id: number | null;
                                        /** @enum {unknown} */
                                        type: "customer" | "staff" | "service" | "inventory" | "delivery";
                                    };
                                    /** Format: date-time */
                                    at: string;
                                    reason: string | null;
                                    /** @enum {unknown} */
                                    source: "api" | "topic" | "admin";
                                    /** @enum {unknown} */
                                    status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                                    version: number;
                                }[];
                                /** Format: uuid */
                                id: string;
                                /** @description By which the program that placed the order knew it */
                                idempotency_key: string;
                                items: {
                                    name: string;
                                    /** @description A whole number, in the unit the inventory service sends */
                                    price: number;
                                    /** @description The inventory service’s id */
                                    product_id: number;
                                    quantity: number;
                                    /** @description A whole number, in the unit the inventory service sends */
                                    sum: number;
                                }[];
                                /** @description For people */
                                number: number;
                                /** @description E.164 */
                                phone: string;
                                /** @description Commands of other services that the status table refused, newest first */
                                refusals: {
                                    actor: {
                                        id: number | null;
                                        /** @enum {unknown} */
                                        type: "customer" | "staff" | "service" | "inventory" | "delivery";
                                    };
                                    /** Format: date-time */
                                    at: string;
                                    /** @enum {unknown} */
                                    from: "paid" | "assembling" | "ready" | "received" | "cancelled";
                                    reason: string | null;
                                    /** @enum {unknown} */
                                    source: "api" | "topic" | "admin";
                                    /** @description What was asked for */
                                    status: string;
                                }[];
                                /** @enum {unknown} */
                                status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                                /** @description In the language of Accept-Language; `ready` by delivery method */
                                status_label: string;
                                /** @description A whole number, in the unit the inventory service sends */
                                total: number;
                                /** Format: date-time */
                                updated_at: string;
                                user_id: number;
                                /** @description Grows with each change of status; the ETag */
                                version: number;
                            }[];
                            /** @description Where the user is signed in */
                            sessions: {
                                /**
                                 * Format: date-time
                                 * @description When it was signed in
                                 */
                                created_at: string;
                                /**
                                 * Format: date-time
                                 * @description When it ends by itself
                                 */
                                expires_at: string;
                                /**
                                 * Format: uuid
                                 * @description Id of a session; not its token
                                 */
                                id: string;
                                /** @description What the browser or program called itself */
                                user_agent: string | null;
                            }[];
                            /** @description What is kept of the last day, so that nobody guesses codes; newest first */
                            sign_in: {
                                code: {
                                    /**
                                     * Format: date-time
                                     * @description Until when it is good
                                     */
                                    expires_at: string;
                                    /** @description Whether somebody asked to register with it. What they typed is theirs, whoever they are, and is not told */
                                    registers: boolean;
                                    /**
                                     * Format: date-time
                                     * @description When it was sent
                                     */
                                    sent_at: string;
                                    /** @description How often a wrong one was typed instead */
                                    tries: number;
                                } | null;
                                codes_sent: {
                                    /** @description Who asked for it: an IPv4 address, or the /64 network of an IPv6 one */
                                    address: string;
                                    /**
                                     * Format: date-time
                                     * @description When a code was sent to the phone
                                     */
                                    at: string;
                                }[];
                                codes_wrong: string[];
                            };
                            user: {
                                blocked: {
                                    /**
                                     * Format: date-time
                                     * @description Since when
                                     */
                                    at: string;
                                    reason: string;
                                } | null;
                                /**
                                 * Format: date-time
                                 * @description When the person registered
                                 */
                                created_at: string;
                                email: string;
                                /** @description Id of a user */
                                id: number;
                                /**
                                 * @description Language of messages: Russian or English
                                 * @enum {unknown}
                                 */
                                locale: "ru" | "en";
                                name: string;
                                /** @description E.164, like +79001234567 */
                                phone: string;
                                /**
                                 * Format: date-time
                                 * @description When something of it was changed last
                                 */
                                updated_at: string;
                            };
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `user_not_found`: There is no such user. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `user_erased`: This user was erased at "erased_at": only the orders are left, of nobody. */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/{id}/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List where a user is signed in
         * @description Newest first. Leaves a line in the audit log. Needs the role `viewer`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of a user */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /**
                                 * Format: date-time
                                 * @description When it was signed in
                                 */
                                created_at: string;
                                /**
                                 * Format: date-time
                                 * @description When it ends by itself
                                 */
                                expires_at: string;
                                /**
                                 * Format: uuid
                                 * @description Id of a session; not its token
                                 */
                                id: string;
                                /** @description What the browser or program called itself */
                                user_agent: string | null;
                            }[];
                            /** @description For the next page; null on the last */
                            next_cursor: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `user_not_found`: There is no such user. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `user_erased`: This user was erased at "erased_at": only the orders are left, of nobody. */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/{id}/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Sign a user out somewhere
         * @description Needs the role `manager`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of a user */
                    id: number;
                    /** @description Id of a session; not its token */
                    session_id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `user_not_found`: There is no such user.
                 *
                 *     `session_not_found`: There is no such session: it may have ended already.
                 */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `user_erased`: This user was erased at "erased_at": only the orders are left, of nobody. */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/{id}/sign-out": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign a user out
         * @description Ends all sessions of the user. Needs the role `manager`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of a user */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            blocked: boolean;
                            blocked_at: string | null;
                            /** @description Who of the staff did it; null also where that is not known */
                            blocked_by: {
                                /** @description Null when the account is gone */
                                email: string | null;
                                id: number;
                            } | null;
                            blocked_reason: string | null;
                            /**
                             * Format: date-time
                             * @description When the person agreed to the processing of personal data
                             */
                            consented_at: string;
                            /**
                             * Format: date-time
                             * @description When the person registered
                             */
                            created_at: string;
                            email: string;
                            /** @description Id of a user */
                            id: number;
                            /**
                             * @description Language of messages: Russian or English
                             * @enum {unknown}
                             */
                            locale: "ru" | "en";
                            name: string;
                            /** @description How many orders the user has placed */
                            orders: number;
                            /** @description How many of the orders are neither received nor cancelled */
                            orders_under_way: number;
                            /** @description E.164, like +79001234567 */
                            phone: string;
                            /** @description On how many devices the user is signed in */
                            sessions: number;
                            /** @description Grows with each change of the user’s own data or block; the ETag */
                            version: number;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `user_not_found`: There is no such user. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `user_erased`: This user was erased at "erased_at": only the orders are left, of nobody. */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/admin/users/{id}/unblock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Unblock a user
         * @description The user may sign in again. Needs the role `manager`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of a user */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            blocked: boolean;
                            blocked_at: string | null;
                            /** @description Who of the staff did it; null also where that is not known */
                            blocked_by: {
                                /** @description Null when the account is gone */
                                email: string | null;
                                id: number;
                            } | null;
                            blocked_reason: string | null;
                            /**
                             * Format: date-time
                             * @description When the person agreed to the processing of personal data
                             */
                            consented_at: string;
                            /**
                             * Format: date-time
                             * @description When the person registered
                             */
                            created_at: string;
                            email: string;
                            /** @description Id of a user */
                            id: number;
                            /**
                             * @description Language of messages: Russian or English
                             * @enum {unknown}
                             */
                            locale: "ru" | "en";
                            name: string;
                            /** @description How many orders the user has placed */
                            orders: number;
                            /** @description How many of the orders are neither received nor cancelled */
                            orders_under_way: number;
                            /** @description E.164, like +79001234567 */
                            phone: string;
                            /** @description On how many devices the user is signed in */
                            sessions: number;
                            /** @description Grows with each change of the user’s own data or block; the ETag */
                            version: number;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `user_not_found`: There is no such user. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `user_erased`: This user was erased at "erased_at": only the orders are left, of nobody. */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cart": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at the cart */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description ISO 4217 */
                            currency: string;
                            items: {
                                /** @description Could be ordered now in this quantity */
                                available: boolean;
                                name: string;
                                /** @description A whole number, in the unit the inventory service sends */
                                price: number;
                                /** @description The inventory service’s id */
                                product_id: number;
                                quantity: number;
                                /** @description A whole number, in the unit the inventory service sends */
                                sum: number;
                            }[];
                            /** @description Different products */
                            positions: number;
                            /** @description A whole number, in the unit the inventory service sends */
                            total: number;
                            /** @description Grows with each change; the ETag */
                            version: number;
                        };
                    };
                };
                /** @description `malformed_request`: The request could not be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /** Empty the cart */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/cart/items/{product_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Put a product into the cart
         * @description Sets the quantity. A product beyond the limit of positions is refused.
         */
        put: {
            parameters: {
                query?: never;
                header?: {
                    /** @description `return=minimal`: answer 204 without the cart (RFC 7240) */
                    prefer?: string;
                };
                path: {
                    /** @description The inventory service’s id */
                    product_id: number;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Sets the quantity, whatever it was */
                        quantity: number;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description ISO 4217 */
                            currency: string;
                            items: {
                                /** @description Could be ordered now in this quantity */
                                available: boolean;
                                name: string;
                                /** @description A whole number, in the unit the inventory service sends */
                                price: number;
                                /** @description The inventory service’s id */
                                product_id: number;
                                quantity: number;
                                /** @description A whole number, in the unit the inventory service sends */
                                sum: number;
                            }[];
                            /** @description Different products */
                            positions: number;
                            /** @description A whole number, in the unit the inventory service sends */
                            total: number;
                            /** @description Grows with each change; the ETag */
                            version: number;
                        };
                    };
                };
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `product_not_found`: There is no such product, or it is no longer sold. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `too_many_positions`: The cart holds as many different products as an order may have: remove one first. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        post?: never;
        /** Take a product out of the cart */
        delete: {
            parameters: {
                query?: never;
                header?: {
                    /** @description `return=minimal`: answer 204 without the cart (RFC 7240) */
                    prefer?: string;
                };
                path: {
                    /** @description The inventory service’s id */
                    product_id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description ISO 4217 */
                            currency: string;
                            items: {
                                /** @description Could be ordered now in this quantity */
                                available: boolean;
                                name: string;
                                /** @description A whole number, in the unit the inventory service sends */
                                price: number;
                                /** @description The inventory service’s id */
                                product_id: number;
                                quantity: number;
                                /** @description A whole number, in the unit the inventory service sends */
                                sum: number;
                            }[];
                            /** @description Different products */
                            positions: number;
                            /** @description A whole number, in the unit the inventory service sends */
                            total: number;
                            /** @description Grows with each change; the ETag */
                            version: number;
                        };
                    };
                };
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/login-codes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a sign-in code
         * @description Sends a code by SMS. The answer is the same for every phone, also when one gets no more codes for now. The code of a registration is asked for again by `POST /users`: only what comes with the last code, or with `POST /sessions`, is registered.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description As people write it; without a country code it is one of the shop’s country. Kept as E.164 */
                        phone: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description Until when the code is good
                             */
                            expires_at: string;
                            /** @description E.164, like +79001234567 */
                            phone: string;
                            /**
                             * Format: date-time
                             * @description When another one may be asked for
                             */
                            resend_after: string;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `overloaded`: Too much is going on: try again in a moment.
                 *
                 *     `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at one’s own data */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description When the person registered
                             */
                            created_at: string;
                            email: string;
                            /** @description Id of a user */
                            id: number;
                            /**
                             * @description Language of messages: Russian or English
                             * @enum {unknown}
                             */
                            locale: "ru" | "en";
                            name: string;
                            /** @description E.164, like +79001234567 */
                            phone: string;
                        };
                    };
                };
                /** @description `malformed_request`: The request could not be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Erase oneself
         * @description For good: name, phone, email, addresses and whatever else tells of the person go from every table, all sessions end, and the phone may register again. Orders and their sums stay, of nobody. While an order is under way it is 409: cancel it, or wait until it is received.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `orders_under_way`: Orders are still under way, see "orders": wait until they are received, or cancel them, then erase. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        /**
         * Change one’s own data
         * @description What is left out stays as it is. The phone can’t be changed: it is what the account is known by.
         */
        patch: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** Format: email */
                        email?: string;
                        /**
                         * @description Language of messages: Russian or English
                         * @enum {unknown}
                         */
                        locale?: "ru" | "en";
                        /** @description How to address the person; in one line */
                        name?: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description When the person registered
                             */
                            created_at: string;
                            email: string;
                            /** @description Id of a user */
                            id: number;
                            /**
                             * @description Language of messages: Russian or English
                             * @enum {unknown}
                             */
                            locale: "ru" | "en";
                            name: string;
                            /** @description E.164, like +79001234567 */
                            phone: string;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        trace?: never;
    };
    "/v1/me/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow all of one’s orders live
         * @description Server-sent events, of what comes from now on. `status_changed`: a line of the history, with the order’s id, number and label. `delivery_changed`: what happened on its way (`event`) and where it is by now (`delivery`). `reset`: what was missed can’t be told; read your orders anew. A comment each 15 s. See docs/tracking.md.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The id of the last event that was seen: nothing after it is left out or told twice */
                    "last-event-id"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A stream of events (WHATWG server-sent events), until either side ends it */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `too_many_streams`: You have too many live streams open: close one, in another tab for example. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export everything about oneself
         * @description As of one moment, as a file: profile, consents, sessions, codes that were sent and who asked for them, cart, and orders with their history and delivery.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            cart: {
                                /** @description ISO 4217 */
                                currency: string;
                                items: {
                                    /** @description Could be ordered now in this quantity */
                                    available: boolean;
                                    name: string;
                                    /** @description A whole number, in the unit the inventory service sends */
                                    price: number;
                                    /** @description The inventory service’s id */
                                    product_id: number;
                                    quantity: number;
                                    /** @description A whole number, in the unit the inventory service sends */
                                    sum: number;
                                }[];
                                /** @description Different products */
                                positions: number;
                                /** @description A whole number, in the unit the inventory service sends */
                                total: number;
                                /** @description When it was changed last; null where it never was */
                                updated_at: string | null;
                                /** @description Grows with each change; the ETag */
                                version: number;
                            };
                            consents: {
                                /**
                                 * Format: date-time
                                 * @description When it was agreed to
                                 */
                                at: string;
                                /** @description Which text was agreed to */
                                version: string;
                            }[];
                            /**
                             * Format: date-time
                             * @description Of which moment this is
                             */
                            exported_at: string;
                            /** @description Newest first, with history and delivery */
                            orders: {
                                /** @description What the customer may do with it now */
                                can: {
                                    cancel: boolean;
                                };
                                /** Format: date-time */
                                created_at: string;
                                /** @description ISO 4217 */
                                currency: string;
                                /** Delivery */
                                delivery: {
                                    address: {
                                        full_address: string;
                                        kladr_id?: string;
                                    };
                                    /** @description Who carries it now */
                                    carrier: string | null;
                                    /** @description The day it should arrive */
                                    estimated_at: string | null;
                                    /** @description What happened, newest first, at most 100; left out in lists */
                                    events?: {
                                        carrier: string | null;
                                        estimated_at: string | null;
                                        location: string | null;
                                        /** Format: date-time */
                                        occurred_at: string;
                                        /** @enum {unknown} */
                                        status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                        tracking_number: string | null;
                                    }[];
                                    /** @enum {string} */
                                    method: "courier";
                                    /** @description What happened last, by when it happened; null before the first message of the delivery service */
                                    status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                                    /** @description The carrier’s number for it */
                                    tracking_number: string | null;
                                } | {
                                    /** @description Who carries it now */
                                    carrier: string | null;
                                    /** @description The day it should arrive */
                                    estimated_at: string | null;
                                    /** @description What happened, newest first, at most 100; left out in lists */
                                    events?: {
                                        carrier: string | null;
                                        estimated_at: string | null;
                                        location: string | null;
                                        /** Format: date-time */
                                        occurred_at: string;
                                        /** @enum {unknown} */
                                        status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                        tracking_number: string | null;
                                    }[];
                                    /** @enum {string} */
                                    method: "pickup";
                                    pickup_point_id: string;
                                    /** @description What happened last, by when it happened; null before the first message of the delivery service */
                                    status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                                    /** @description The carrier’s number for it */
                                    tracking_number: string | null;
                                };
                                history: {
                                    actor: {
                                        id: number | null;
                                        /** @enum {unknown} */
                                        type: "customer" | "staff" | "service" | "inventory" | "delivery";
                                    };
                                    /** Format: date-time */
                                    at: string;
                                    reason: string | null;
                                    /** @enum {unknown} */
                                    source: "api" | "topic" | "admin";
                                    /** @enum {unknown} */
                                    status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                                    version: number;
                                }[];
                                /** Format: uuid */
                                id: string;
                                /** @description By which the program that placed the order knew it */
                                idempotency_key: string;
                                items: {
                                    name: string;
                                    /** @description A whole number, in the unit the inventory service sends */
                                    price: number;
                                    /** @description The inventory service’s id */
                                    product_id: number;
                                    quantity: number;
                                    /** @description A whole number, in the unit the inventory service sends */
                                    sum: number;
                                }[];
                                /** @description For people */
                                number: number;
                                /** @description E.164 */
                                phone: string;
                                /** @description Commands of other services that the status table refused, newest first */
                                refusals: {
                                    actor: {
                                        id: number | null;
                                        /** @enum {unknown} */
                                        type: "customer" | "staff" | "service" | "inventory" | "delivery";
                                    };
                                    /** Format: date-time */
                                    at: string;
                                    /** @enum {unknown} */
                                    from: "paid" | "assembling" | "ready" | "received" | "cancelled";
                                    reason: string | null;
                                    /** @enum {unknown} */
                                    source: "api" | "topic" | "admin";
                                    /** @description What was asked for */
                                    status: string;
                                }[];
                                /** @enum {unknown} */
                                status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                                /** @description In the language of Accept-Language; `ready` by delivery method */
                                status_label: string;
                                /** @description A whole number, in the unit the inventory service sends */
                                total: number;
                                /** Format: date-time */
                                updated_at: string;
                                user_id: number;
                                /** @description Grows with each change of status; the ETag */
                                version: number;
                            }[];
                            /** @description Where the user is signed in */
                            sessions: {
                                /**
                                 * Format: date-time
                                 * @description When it was signed in
                                 */
                                created_at: string;
                                /**
                                 * Format: date-time
                                 * @description When it ends by itself
                                 */
                                expires_at: string;
                                /**
                                 * Format: uuid
                                 * @description Id of a session; not its token
                                 */
                                id: string;
                                /** @description What the browser or program called itself */
                                user_agent: string | null;
                            }[];
                            /** @description What is kept of the last day, so that nobody guesses codes; newest first */
                            sign_in: {
                                code: {
                                    /**
                                     * Format: date-time
                                     * @description Until when it is good
                                     */
                                    expires_at: string;
                                    /** @description Whether somebody asked to register with it. What they typed is theirs, whoever they are, and is not told */
                                    registers: boolean;
                                    /**
                                     * Format: date-time
                                     * @description When it was sent
                                     */
                                    sent_at: string;
                                    /** @description How often a wrong one was typed instead */
                                    tries: number;
                                } | null;
                                codes_sent: {
                                    /** @description Who asked for it: an IPv4 address, or the /64 network of an IPv6 one */
                                    address: string;
                                    /**
                                     * Format: date-time
                                     * @description When a code was sent to the phone
                                     */
                                    at: string;
                                }[];
                                codes_wrong: string[];
                            };
                            user: {
                                blocked: {
                                    /**
                                     * Format: date-time
                                     * @description Since when
                                     */
                                    at: string;
                                    reason: string;
                                } | null;
                                /**
                                 * Format: date-time
                                 * @description When the person registered
                                 */
                                created_at: string;
                                email: string;
                                /** @description Id of a user */
                                id: number;
                                /**
                                 * @description Language of messages: Russian or English
                                 * @enum {unknown}
                                 */
                                locale: "ru" | "en";
                                name: string;
                                /** @description E.164, like +79001234567 */
                                phone: string;
                                /**
                                 * Format: date-time
                                 * @description When something of it was changed last
                                 */
                                updated_at: string;
                            };
                        };
                    };
                };
                /** @description `malformed_request`: The request could not be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `overloaded`: Too much is going on: try again in a moment.
                 *
                 *     `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List where one is signed in */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /**
                                 * Format: date-time
                                 * @description When it was signed in
                                 */
                                created_at: string;
                                /** @description The session of this very request */
                                current: boolean;
                                /**
                                 * Format: date-time
                                 * @description When it ends by itself
                                 */
                                expires_at: string;
                                /**
                                 * Format: uuid
                                 * @description Id of a session; not its token
                                 */
                                id: string;
                                /** @description What the browser or program called itself */
                                user_agent: string | null;
                            }[];
                            /** @description For the next page; null on the last */
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description `malformed_request`: The request could not be read. */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/me/sessions/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign out somewhere else */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description Id of a session; not its token */
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `session_not_found`: There is no such session: it may have ended already. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List one’s orders
         * @description Newest first, without history and tracking events.
         */
        get: {
            parameters: {
                query: {
                    /** @description `next_cursor` of the page before; goes with the same filters and sort */
                    cursor?: string;
                    /** @description Entries on a page */
                    limit: number;
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /** @description What the customer may do with it now */
                                can: {
                                    cancel: boolean;
                                };
                                /** Format: date-time */
                                created_at: string;
                                /** @description ISO 4217 */
                                currency: string;
                                /** Delivery */
                                delivery: {
                                    address: {
                                        full_address: string;
                                        kladr_id?: string;
                                    };
                                    /** @description Who carries it now */
                                    carrier: string | null;
                                    /** @description The day it should arrive */
                                    estimated_at: string | null;
                                    /** @description What happened, newest first, at most 100; left out in lists */
                                    events?: {
                                        carrier: string | null;
                                        estimated_at: string | null;
                                        location: string | null;
                                        /** Format: date-time */
                                        occurred_at: string;
                                        /** @enum {unknown} */
                                        status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                        tracking_number: string | null;
                                    }[];
                                    /** @enum {string} */
                                    method: "courier";
                                    /** @description What happened last, by when it happened; null before the first message of the delivery service */
                                    status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                                    /** @description The carrier’s number for it */
                                    tracking_number: string | null;
                                } | {
                                    /** @description Who carries it now */
                                    carrier: string | null;
                                    /** @description The day it should arrive */
                                    estimated_at: string | null;
                                    /** @description What happened, newest first, at most 100; left out in lists */
                                    events?: {
                                        carrier: string | null;
                                        estimated_at: string | null;
                                        location: string | null;
                                        /** Format: date-time */
                                        occurred_at: string;
                                        /** @enum {unknown} */
                                        status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                        tracking_number: string | null;
                                    }[];
                                    /** @enum {string} */
                                    method: "pickup";
                                    pickup_point_id: string;
                                    /** @description What happened last, by when it happened; null before the first message of the delivery service */
                                    status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                                    /** @description The carrier’s number for it */
                                    tracking_number: string | null;
                                };
                                /** Format: uuid */
                                id: string;
                                items: {
                                    name: string;
                                    /** @description A whole number, in the unit the inventory service sends */
                                    price: number;
                                    /** @description The inventory service’s id */
                                    product_id: number;
                                    quantity: number;
                                    /** @description A whole number, in the unit the inventory service sends */
                                    sum: number;
                                }[];
                                /** @description For people */
                                number: number;
                                /** @description E.164 */
                                phone: string;
                                /** @enum {unknown} */
                                status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                                /** @description In the language of Accept-Language; `ready` by delivery method */
                                status_label: string;
                                /** @description A whole number, in the unit the inventory service sends */
                                total: number;
                                /** Format: date-time */
                                updated_at: string;
                                user_id: number;
                                /** @description Grows with each change of status; the ETag */
                                version: number;
                            }[];
                            /** @description For the next page; null on the last */
                            next_cursor: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        /**
         * Place an order
         * @description Takes the cart as it is, at today’s prices, and empties it. Sent again with the same Idempotency-Key it answers the same order again (`Idempotency-Replayed: true`), so a request whose answer was lost is simply repeated.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description Required: 1–64 printable characters, a new one for each order you intend; the same for each retry */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** DeliveryChoice */
                        delivery: {
                            /** @enum {string} */
                            method: "courier" | "pickup";
                        } & ({
                            address: {
                                /** @description As people write it, with the flat */
                                full_address: string;
                                /** @description The address in the Russian address classifier: 13 digits of a place, 17 of a street, 19 of a house */
                                kladr_id?: string;
                            };
                            /** @enum {string} */
                            method: "courier";
                        } | {
                            /** @enum {string} */
                            method: "pickup";
                            /** @description The delivery service’s id of the pickup point */
                            pickup_point_id: string;
                        });
                        /** @description The total the customer was shown; another one is refused */
                        expected_total?: number;
                        /** @description Whom the courier or the pickup point calls, as people write it */
                        phone: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What the customer may do with it now */
                            can: {
                                cancel: boolean;
                            };
                            /** Format: date-time */
                            created_at: string;
                            /** @description ISO 4217 */
                            currency: string;
                            /** Delivery */
                            delivery: {
                                address: {
                                    full_address: string;
                                    kladr_id?: string;
                                };
                                /** @description Who carries it now */
                                carrier: string | null;
                                /** @description The day it should arrive */
                                estimated_at: string | null;
                                /** @description What happened, newest first, at most 100; left out in lists */
                                events?: {
                                    carrier: string | null;
                                    estimated_at: string | null;
                                    location: string | null;
                                    /** Format: date-time */
                                    occurred_at: string;
                                    /** @enum {unknown} */
                                    status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                    tracking_number: string | null;
                                }[];
                                /** @enum {string} */
                                method: "courier";
                                /** @description What happened last, by when it happened; null before the first message of the delivery service */
                                status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                                /** @description The carrier’s number for it */
                                tracking_number: string | null;
                            } | {
                                /** @description Who carries it now */
                                carrier: string | null;
                                /** @description The day it should arrive */
                                estimated_at: string | null;
                                /** @description What happened, newest first, at most 100; left out in lists */
                                events?: {
                                    carrier: string | null;
                                    estimated_at: string | null;
                                    location: string | null;
                                    /** Format: date-time */
                                    occurred_at: string;
                                    /** @enum {unknown} */
                                    status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                    tracking_number: string | null;
                                }[];
                                /** @enum {string} */
                                method: "pickup";
                                pickup_point_id: string;
                                /** @description What happened last, by when it happened; null before the first message of the delivery service */
                                status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                                /** @description The carrier’s number for it */
                                tracking_number: string | null;
                            };
                            history: {
                                actor: {
                                    id: number | null;
                                    /** @enum {unknown} */
                                    type: "customer" | "staff" | "service" | "inventory" | "delivery";
                                };
                                /** Format: date-time */
                                at: string;
                                reason: string | null;
                                /** @enum {unknown} */
                                source: "api" | "topic" | "admin";
                                /** @enum {unknown} */
                                status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                                version: number;
                            }[];
                            /** Format: uuid */
                            id: string;
                            items: {
                                name: string;
                                /** @description A whole number, in the unit the inventory service sends */
                                price: number;
                                /** @description The inventory service’s id */
                                product_id: number;
                                quantity: number;
                                /** @description A whole number, in the unit the inventory service sends */
                                sum: number;
                            }[];
                            /** @description For people */
                            number: number;
                            /** @description E.164 */
                            phone: string;
                            /** @enum {unknown} */
                            status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                            /** @description In the language of Accept-Language; `ready` by delivery method */
                            status_label: string;
                            /** @description A whole number, in the unit the inventory service sends */
                            total: number;
                            /** Format: date-time */
                            updated_at: string;
                            user_id: number;
                            /** @description Grows with each change of status; the ETag */
                            version: number;
                        };
                    };
                };
                /**
                 * @description `idempotency_key_required`: Send an Idempotency-Key header of 1–64 printable characters, a new one for each order you intend.
                 *
                 *     `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `cart_empty`: The cart is empty: put at least one product into it first.
                 *
                 *     `too_many_positions`: The cart holds as many different products as an order may have: remove one first.
                 *
                 *     `product_unavailable`: Some products are no longer available in this quantity: see "products", change the cart and try again.
                 *
                 *     `total_changed`: The total is no longer what you expected: show the new one from "total" and ask again.
                 *
                 *     `total_too_large`: The total is beyond what can be told exactly: order fewer pieces at once.
                 */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: This Idempotency-Key belongs to another request: take a new key for a new one. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Look at an order */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What the customer may do with it now */
                            can: {
                                cancel: boolean;
                            };
                            /** Format: date-time */
                            created_at: string;
                            /** @description ISO 4217 */
                            currency: string;
                            /** Delivery */
                            delivery: {
                                address: {
                                    full_address: string;
                                    kladr_id?: string;
                                };
                                /** @description Who carries it now */
                                carrier: string | null;
                                /** @description The day it should arrive */
                                estimated_at: string | null;
                                /** @description What happened, newest first, at most 100; left out in lists */
                                events?: {
                                    carrier: string | null;
                                    estimated_at: string | null;
                                    location: string | null;
                                    /** Format: date-time */
                                    occurred_at: string;
                                    /** @enum {unknown} */
                                    status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                    tracking_number: string | null;
                                }[];
                                /** @enum {string} */
                                method: "courier";
                                /** @description What happened last, by when it happened; null before the first message of the delivery service */
                                status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                                /** @description The carrier’s number for it */
                                tracking_number: string | null;
                            } | {
                                /** @description Who carries it now */
                                carrier: string | null;
                                /** @description The day it should arrive */
                                estimated_at: string | null;
                                /** @description What happened, newest first, at most 100; left out in lists */
                                events?: {
                                    carrier: string | null;
                                    estimated_at: string | null;
                                    location: string | null;
                                    /** Format: date-time */
                                    occurred_at: string;
                                    /** @enum {unknown} */
                                    status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                    tracking_number: string | null;
                                }[];
                                /** @enum {string} */
                                method: "pickup";
                                pickup_point_id: string;
                                /** @description What happened last, by when it happened; null before the first message of the delivery service */
                                status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                                /** @description The carrier’s number for it */
                                tracking_number: string | null;
                            };
                            history: {
                                actor: {
                                    id: number | null;
                                    /** @enum {unknown} */
                                    type: "customer" | "staff" | "service" | "inventory" | "delivery";
                                };
                                /** Format: date-time */
                                at: string;
                                reason: string | null;
                                /** @enum {unknown} */
                                source: "api" | "topic" | "admin";
                                /** @enum {unknown} */
                                status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                                version: number;
                            }[];
                            /** Format: uuid */
                            id: string;
                            items: {
                                name: string;
                                /** @description A whole number, in the unit the inventory service sends */
                                price: number;
                                /** @description The inventory service’s id */
                                product_id: number;
                                quantity: number;
                                /** @description A whole number, in the unit the inventory service sends */
                                sum: number;
                            }[];
                            /** @description For people */
                            number: number;
                            /** @description E.164 */
                            phone: string;
                            /** @enum {unknown} */
                            status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                            /** @description In the language of Accept-Language; `ready` by delivery method */
                            status_label: string;
                            /** @description A whole number, in the unit the inventory service sends */
                            total: number;
                            /** Format: date-time */
                            updated_at: string;
                            user_id: number;
                            /** @description Grows with each change of status; the ETag */
                            version: number;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `order_not_found`: There is no such order. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel an order
         * @description Possible only while it is `paid`. Cancelling a cancelled order changes nothing.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        /** @description Why, in words for people */
                        reason?: string | null;
                    } | null;
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description What the customer may do with it now */
                            can: {
                                cancel: boolean;
                            };
                            /** Format: date-time */
                            created_at: string;
                            /** @description ISO 4217 */
                            currency: string;
                            /** Delivery */
                            delivery: {
                                address: {
                                    full_address: string;
                                    kladr_id?: string;
                                };
                                /** @description Who carries it now */
                                carrier: string | null;
                                /** @description The day it should arrive */
                                estimated_at: string | null;
                                /** @description What happened, newest first, at most 100; left out in lists */
                                events?: {
                                    carrier: string | null;
                                    estimated_at: string | null;
                                    location: string | null;
                                    /** Format: date-time */
                                    occurred_at: string;
                                    /** @enum {unknown} */
                                    status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                    tracking_number: string | null;
                                }[];
                                /** @enum {string} */
                                method: "courier";
                                /** @description What happened last, by when it happened; null before the first message of the delivery service */
                                status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                                /** @description The carrier’s number for it */
                                tracking_number: string | null;
                            } | {
                                /** @description Who carries it now */
                                carrier: string | null;
                                /** @description The day it should arrive */
                                estimated_at: string | null;
                                /** @description What happened, newest first, at most 100; left out in lists */
                                events?: {
                                    carrier: string | null;
                                    estimated_at: string | null;
                                    location: string | null;
                                    /** Format: date-time */
                                    occurred_at: string;
                                    /** @enum {unknown} */
                                    status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                    tracking_number: string | null;
                                }[];
                                /** @enum {string} */
                                method: "pickup";
                                pickup_point_id: string;
                                /** @description What happened last, by when it happened; null before the first message of the delivery service */
                                status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                                /** @description The carrier’s number for it */
                                tracking_number: string | null;
                            };
                            history: {
                                actor: {
                                    id: number | null;
                                    /** @enum {unknown} */
                                    type: "customer" | "staff" | "service" | "inventory" | "delivery";
                                };
                                /** Format: date-time */
                                at: string;
                                reason: string | null;
                                /** @enum {unknown} */
                                source: "api" | "topic" | "admin";
                                /** @enum {unknown} */
                                status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                                version: number;
                            }[];
                            /** Format: uuid */
                            id: string;
                            items: {
                                name: string;
                                /** @description A whole number, in the unit the inventory service sends */
                                price: number;
                                /** @description The inventory service’s id */
                                product_id: number;
                                quantity: number;
                                /** @description A whole number, in the unit the inventory service sends */
                                sum: number;
                            }[];
                            /** @description For people */
                            number: number;
                            /** @description E.164 */
                            phone: string;
                            /** @enum {unknown} */
                            status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                            /** @description In the language of Accept-Language; `ready` by delivery method */
                            status_label: string;
                            /** @description A whole number, in the unit the inventory service sends */
                            total: number;
                            /** Format: date-time */
                            updated_at: string;
                            user_id: number;
                            /** @description Grows with each change of status; the ETag */
                            version: number;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `order_not_found`: There is no such order. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `transition_refused`: The order can’t go from its status to that one: see "current". */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/delivery": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * See where an order is
         * @description How it is delivered, its state, and what happened on its way, newest first.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            address: {
                                full_address: string;
                                kladr_id?: string;
                            };
                            /** @description Who carries it now */
                            carrier: string | null;
                            /** @description The day it should arrive */
                            estimated_at: string | null;
                            /** @description What happened, newest first, at most 100; left out in lists */
                            events?: {
                                carrier: string | null;
                                estimated_at: string | null;
                                location: string | null;
                                /** Format: date-time */
                                occurred_at: string;
                                /** @enum {unknown} */
                                status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                tracking_number: string | null;
                            }[];
                            /** @enum {string} */
                            method: "courier";
                            /** @description What happened last, by when it happened; null before the first message of the delivery service */
                            status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                            /** @description The carrier’s number for it */
                            tracking_number: string | null;
                        } | {
                            /** @description Who carries it now */
                            carrier: string | null;
                            /** @description The day it should arrive */
                            estimated_at: string | null;
                            /** @description What happened, newest first, at most 100; left out in lists */
                            events?: {
                                carrier: string | null;
                                estimated_at: string | null;
                                location: string | null;
                                /** Format: date-time */
                                occurred_at: string;
                                /** @enum {unknown} */
                                status: "created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned";
                                tracking_number: string | null;
                            }[];
                            /** @enum {string} */
                            method: "pickup";
                            pickup_point_id: string;
                            /** @description What happened last, by when it happened; null before the first message of the delivery service */
                            status: ("created" | "handed_over" | "in_transit" | "at_pickup_point" | "out_for_delivery" | "delivered" | "failed" | "returned") | null;
                            /** @description The carrier’s number for it */
                            tracking_number: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `order_not_found`: There is no such order. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Follow an order live
         * @description Server-sent events, first the order’s history so far. `status_changed`: a line of the history, with the order’s id, number and label. `delivery_changed`: what happened on its way (`event`) and where it is by now (`delivery`). `reset`: what was missed can’t be told; read your orders anew. A comment each 15 s. See docs/tracking.md.
         */
        get: {
            parameters: {
                query?: never;
                header?: {
                    /** @description The id of the last event that was seen: nothing after it is left out or told twice */
                    "last-event-id"?: string;
                };
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description A stream of events (WHATWG server-sent events), until either side ends it */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "text/event-stream": string;
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `order_not_found`: There is no such order. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `too_many_streams`: You have too many live streams open: close one, in another tab for example. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/orders/{id}/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Change an order’s status
         * @description The same command as on `inventory.order-status.v1`. Sent again with the same event_id for the same order it changes nothing; what was refused is refused again. Needs the scope `orders:status`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The same when the command is sent again */
                        event_id: string;
                        /** @description Why, in words for people */
                        reason?: string | null;
                        /** @enum {unknown} */
                        status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                    };
                };
            };
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** Format: date-time */
                            created_at: string;
                            /** @description ISO 4217 */
                            currency: string;
                            delivery: {
                                /** @enum {unknown} */
                                method: "courier" | "pickup";
                            };
                            history: {
                                actor: {
                                    id: number | null;
                                    /** @enum {unknown} */
                                    type: "customer" | "staff" | "service" | "inventory" | "delivery";
                                };
                                /** Format: date-time */
                                at: string;
                                reason: string | null;
                                /** @enum {unknown} */
                                source: "api" | "topic" | "admin";
                                /** @enum {unknown} */
                                status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                                version: number;
                            }[];
                            /** Format: uuid */
                            id: string;
                            items: {
                                name: string;
                                /** @description A whole number, in the unit the inventory service sends */
                                price: number;
                                /** @description The inventory service’s id */
                                product_id: number;
                                quantity: number;
                                /** @description A whole number, in the unit the inventory service sends */
                                sum: number;
                            }[];
                            /** @description For people */
                            number: number;
                            /** @enum {unknown} */
                            status: "paid" | "assembling" | "ready" | "received" | "cancelled";
                            /** @description In the language of Accept-Language; `ready` by delivery method */
                            status_label: string;
                            /** @description A whole number, in the unit the inventory service sends */
                            total: number;
                            /** Format: date-time */
                            updated_at: string;
                            /** @description Grows with each change of status; the ETag */
                            version: number;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `order_not_found`: There is no such order. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `transition_refused`: The order can’t go from its status to that one: see "current". */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List products
         * @description Products on sale: searched, sorted, filtered by price, a page at a time. What is changed is seen here within a second. Takes `If-None-Match`.
         */
        get: {
            parameters: {
                query: {
                    /** @description `next_cursor` of the page before; goes with the same filters and sort */
                    cursor?: string;
                    /** @description Entries on a page */
                    limit: number;
                    /** @description Highest price */
                    price_max?: number;
                    /** @description Lowest price */
                    price_min?: number;
                    /** @description Words of the name or description, in Russian or English; parts of words and small typos are found too */
                    search?: string;
                    /** @description `-` before a field turns its order round */
                    sort: "name" | "-name" | "price" | "-price" | "newest";
                };
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        /** @description `public, max-age=1` */
                        "Cache-Control"?: string;
                        /** @description Of the bytes: the same on every instance */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            data: {
                                /** @description Pieces left; null: not tracked */
                                available: number | null;
                                description: string;
                                /** @description The inventory service’s id */
                                id: number;
                                /** @description Null where the inventory service sent none */
                                measurements: {
                                    /** @description millimetres */
                                    height: number;
                                    /** @description millimetres */
                                    length: number;
                                    /** @description grams */
                                    weight: number;
                                    /** @description millimetres */
                                    width: number;
                                } | null;
                                name: string;
                                /** @description A whole number, in the unit the inventory service sends */
                                price: number;
                                /** @description A whole number, in the unit the inventory service sends */
                                tax: number;
                            }[];
                            /** @description For the next page; null on the last */
                            next_cursor: string | null;
                        };
                    };
                };
                /** @description The caller has it: `If-None-Match` */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `overloaded`: Too much is going on: try again in a moment.
                 *
                 *     `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/products/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at a product
         * @description What is changed is seen here within a second. Takes `If-None-Match`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    /** @description The inventory service’s id */
                    id: number;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        /** @description `public, max-age=1` */
                        "Cache-Control"?: string;
                        /** @description Of the bytes: the same on every instance */
                        ETag?: string;
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Pieces left; null: not tracked */
                            available: number | null;
                            description: string;
                            /** @description The inventory service’s id */
                            id: number;
                            /** @description Null where the inventory service sent none */
                            measurements: {
                                /** @description millimetres */
                                height: number;
                                /** @description millimetres */
                                length: number;
                                /** @description grams */
                                weight: number;
                                /** @description millimetres */
                                width: number;
                            } | null;
                            name: string;
                            /** @description A whole number, in the unit the inventory service sends */
                            price: number;
                            /** @description A whole number, in the unit the inventory service sends */
                            tax: number;
                        };
                    };
                };
                /** @description The caller has it: `If-None-Match` */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `product_not_found`: There is no such product, or it is no longer sold. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `overloaded`: Too much is going on: try again in a moment.
                 *
                 *     `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Ask for a report
         * @description Starts the generation of a report of all sold lines and answers at once with its unique number. When it has been made, `report.completed` is published, or `report.failed`. Needs the scope `reports`.
         */
        post: {
            parameters: {
                query?: never;
                header?: {
                    /** @description May be left out. 1–64 printable characters: sent again with the same key, the same report is answered */
                    "idempotency-key"?: string;
                };
                path?: never;
                cookie?: never;
            };
            requestBody?: {
                content: {
                    "application/json": {
                        /** @description Orders placed at or after; to the millisecond */
                        from?: string | null;
                        /** @description Orders placed before; later than `from`. Where that is just now, the report waits some seconds for them */
                        to?: string | null;
                    } | null;
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description The report’s unique number, for people */
                            number: number;
                            /** Format: uuid */
                            report_id: string;
                            /** @enum {string} */
                            status: "pending";
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `idempotency_key_reused`: This Idempotency-Key belongs to another request: take a new key for a new one. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Look at a report
         * @description Needs the scope `reports`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Of the file; while it is running, so far */
                            bytes: number;
                            /** @description When it was completed or failed */
                            completed_at: string | null;
                            /** @description Why it failed; else null */
                            error: {
                                /** @enum {unknown} */
                                code: "storage_full" | "storage_refused" | "too_long" | "cancelled" | "internal";
                                /** @description What to do, in the language of Accept-Language */
                                message: string;
                            } | null;
                            /** @description How far it is; null where nobody knows */
                            estimate: {
                                /** @description What `lines` may come to; once it is completed, exactly */
                                lines_total: number;
                                /** @description Null where nobody knows */
                                seconds_left: number | null;
                            } | null;
                            /** @description Start of the period; null: from the first order */
                            from: string | null;
                            /** @description Of the file; while it is running, so far */
                            lines: number;
                            /** @description The report’s unique number, for people */
                            number: number;
                            /** Format: uuid */
                            report_id: string;
                            /** Format: date-time */
                            requested_at: string;
                            /** @description Of the file, in hexadecimal; null until it is completed */
                            sha256: string | null;
                            /**
                             * @description `expired`: it was completed, its file is no longer kept
                             * @enum {unknown}
                             */
                            status: "pending" | "running" | "completed" | "failed" | "expired";
                            /** @description End of the period, not included; null: all there was when it was made */
                            to: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `report_not_found`: There is no such report. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        /**
         * Cancel a report
         * @description Ends the generation of a report that is pending or running: it has failed, its error is `cancelled`, and `report.failed` is published. The same again gets the same answer. Needs the scope `reports`.
         */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /** @description Of the file; while it is running, so far */
                            bytes: number;
                            /** @description When it was completed or failed */
                            completed_at: string | null;
                            /** @description Why it failed; else null */
                            error: {
                                /** @enum {unknown} */
                                code: "storage_full" | "storage_refused" | "too_long" | "cancelled" | "internal";
                                /** @description What to do, in the language of Accept-Language */
                                message: string;
                            } | null;
                            /** @description How far it is; null where nobody knows */
                            estimate: {
                                /** @description What `lines` may come to; once it is completed, exactly */
                                lines_total: number;
                                /** @description Null where nobody knows */
                                seconds_left: number | null;
                            } | null;
                            /** @description Start of the period; null: from the first order */
                            from: string | null;
                            /** @description Of the file; while it is running, so far */
                            lines: number;
                            /** @description The report’s unique number, for people */
                            number: number;
                            /** Format: uuid */
                            report_id: string;
                            /** Format: date-time */
                            requested_at: string;
                            /** @description Of the file, in hexadecimal; null until it is completed */
                            sha256: string | null;
                            /**
                             * @description `expired`: it was completed, its file is no longer kept
                             * @enum {unknown}
                             */
                            status: "pending" | "running" | "completed" | "failed" | "expired";
                            /** @description End of the period, not included; null: all there was when it was made */
                            to: string | null;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `report_not_found`: There is no such report. */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `report_finished`: The report is finished, see "report_status": only one that is pending or running can be cancelled. */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/reports/{id}/file": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Download a report
         * @description `{"product_name": "велосипед_10", "price": 500, "amount": 1, "user": {"id": 1}}`: a line for each line of each order that is not cancelled, in the order of placing. The ETag is the file’s SHA-256. Takes `Range` (one range), `If-Range` and `If-None-Match`. With `Accept-Encoding: gzip` and no `Range` it comes compressed, with `-gzip` in its ETag. Needs the scope `reports`.
         */
        get: {
            parameters: {
                query?: never;
                header?: never;
                path: {
                    id: string;
                };
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description The file */
                200: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/jsonl": string;
                    };
                };
                /** @description The part of the file that `Range` names */
                206: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/jsonl": string;
                    };
                };
                /** @description The caller has this file: `If-None-Match` */
                304: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `report_not_found`: There is no such report.
                 *
                 *     `report_file_not_found`: The report is complete, but its file is not where this server looks for it: ask for a new report.
                 */
                404: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `report_not_ready`: The report is still being made: wait for its event, or look at its status and ask again when it is completed.
                 *
                 *     `report_failed`: The report could not be made and has no file: see "error", then ask for a new one.
                 */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `report_expired`: The file of this report is no longer kept, it is older than REPORT_KEEP_DAYS: ask for a new report of the same period. */
                410: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `range_not_satisfiable`: The file has no bytes in this range: see Content-Range for its size. */
                416: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sign in
         * @description Opens a session for 30 days with the code that came by SMS, and sets it as a cookie too. A code works once and takes 5 tries, a phone 10 wrong ones a day. Where the phone has no account and none was asked for, it is `registration_required`, and the code stays good: send it again, with `registration`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description The six digits that came by SMS */
                        code: string;
                        /** @description As people write it; without a country code it is one of the shop’s country. Kept as E.164 */
                        phone: string;
                        /** @description What an account is made from when the phone has none, whatever was sent to `POST /users` before; otherwise it is ignored */
                        registration?: {
                            /** @description Consent to the processing of personal data: without `true` it is 422 `consent_required` */
                            consent?: boolean;
                            /** Format: email */
                            email: string;
                            /**
                             * @description Language of messages: Russian or English
                             * @enum {unknown}
                             */
                            locale?: "ru" | "en";
                            /** @description How to address the person; in one line */
                            name: string;
                        };
                    };
                };
            };
            responses: {
                /** @description Default Response */
                201: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description When the session ends by itself
                             */
                            expires_at: string;
                            /** @description The account was made by this call */
                            new_user: boolean;
                            /** @description For `Authorization: Bearer …`; shown once */
                            token: string;
                            /** User */
                            user: {
                                /**
                                 * Format: date-time
                                 * @description When the person registered
                                 */
                                created_at: string;
                                email: string;
                                /** @description Id of a user */
                                id: number;
                                /**
                                 * @description Language of messages: Russian or English
                                 * @enum {unknown}
                                 */
                                locale: "ru" | "en";
                                name: string;
                                /** @description E.164, like +79001234567 */
                                phone: string;
                            };
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `code_wrong`: The code is wrong, used or older than 5 minutes: type the last one that came by SMS, or ask for another. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `user_blocked`: This account is blocked: ask the shop why. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `registration_required`: This phone has no account yet: ask for name, email and consent, and send the same code again with them as "registration". */
                409: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `consent_required`: Registration needs the consent to the processing of personal data: send "consent": true. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `too_many_requests`: Too many requests: wait as long as Retry-After says. */
                429: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `overloaded`: Too much is going on: try again in a moment.
                 *
                 *     `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/sessions/current": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Sign out */
        delete: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody?: never;
            responses: {
                /** @description Default Response */
                204: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content?: never;
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unauthenticated`: Sign in first: the token or key is missing, wrong or no longer valid. */
                401: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `forbidden`: You may not do this. */
                403: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 *
                 *     `overloaded`: Too much is going on: try again in a moment.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/v1/users": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register
         * @description Sends a code by SMS. The account is made when the code comes back to `POST /sessions`; a phone that has one is just signed in, so nobody learns which phones are known. Within a minute of a code no other is sent; who has typed something else since is asked for it by `registration_required` when the code comes to `POST /sessions`, and may send it along at once, as `registration`.
         */
        post: {
            parameters: {
                query?: never;
                header?: never;
                path?: never;
                cookie?: never;
            };
            requestBody: {
                content: {
                    "application/json": {
                        /** @description Consent to the processing of personal data: without `true` it is 422 `consent_required` */
                        consent?: boolean;
                        /** Format: email */
                        email: string;
                        /**
                         * @description Language of messages: Russian or English
                         * @enum {unknown}
                         */
                        locale?: "ru" | "en";
                        /** @description How to address the person; in one line */
                        name: string;
                        /** @description As people write it; without a country code it is one of the shop’s country. Kept as E.164 */
                        phone: string;
                    };
                };
            };
            responses: {
                /** @description Default Response */
                202: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/json": {
                            /**
                             * Format: date-time
                             * @description Until when the code is good
                             */
                            expires_at: string;
                            /** @description E.164, like +79001234567 */
                            phone: string;
                            /**
                             * Format: date-time
                             * @description When another one may be asked for
                             */
                            resend_after: string;
                        };
                    };
                };
                /**
                 * @description `malformed_request`: The request could not be read.
                 *
                 *     `validation_failed`: The request does not have the shape this route takes: see "errors".
                 *
                 *     `malformed_json`: The body is not valid JSON.
                 */
                400: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `request_timeout`: The request did not arrive whole in time: send it again. */
                408: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `body_too_large`: The body is too large. */
                413: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `unsupported_media_type`: Send the body as application/json. */
                415: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `consent_required`: Registration needs the consent to the processing of personal data: send "consent": true. */
                422: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /** @description `internal_error`: Something went wrong on our side. The request may be sent again. */
                500: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
                /**
                 * @description `overloaded`: Too much is going on: try again in a moment.
                 *
                 *     `unavailable`: The service is not available right now: try again, an order with the same Idempotency-Key.
                 */
                503: {
                    headers: {
                        [name: string]: unknown;
                    };
                    content: {
                        "application/problem+json": components["schemas"]["Problem"];
                    };
                };
            };
        };
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        /** @description RFC 9457 */
        Problem: {
            /** @description Stable: what a program may rely on */
            code: string;
            /** @description Every fault of the request */
            errors?: {
                /** @description The rule that is broken, by its JSON Schema keyword */
                code: string;
                /** @enum {unknown} */
                in: "body" | "query" | "path" | "header";
                /** @description What is wrong with it, in the language of Accept-Language */
                message: string;
                /** @description JSON pointer (RFC 6901) to the value at fault */
                pointer: string;
            }[];
            status: number;
            /** @description What is wrong, in the language of Accept-Language */
            title: string;
            /** @description A URI for the kind of problem: a link to its entry in the reference */
            type: string;
        } & {
            [key: string]: unknown;
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export type operations = Record<string, never>;

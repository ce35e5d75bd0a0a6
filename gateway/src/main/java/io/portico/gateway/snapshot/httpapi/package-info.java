/**
 * What the data plane of HTTP APIs runs on: routes, whom they let in, and what they call, ready to
 * serve. Knows nothing of records.
 */
@NullMarked
package io.portico.gateway.snapshot.httpapi;

import org.jspecify.annotations.NullMarked;

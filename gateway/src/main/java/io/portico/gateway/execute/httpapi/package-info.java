/**
 * The pipeline of HTTP APIs and its stages, in AWS's order. Knows snapshots only; shares with other
 * kinds of APIs what is the same for all of them.
 */
@NullMarked
package io.portico.gateway.execute.httpapi;

import org.jspecify.annotations.NullMarked;

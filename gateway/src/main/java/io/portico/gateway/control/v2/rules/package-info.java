/**
 * What AWS demands of HTTP and WebSocket APIs, whether they come by calls or by an import. Knows
 * records, and nothing of operations.
 */
@NullMarked
package io.portico.gateway.control.v2.rules;

import org.jspecify.annotations.NullMarked;

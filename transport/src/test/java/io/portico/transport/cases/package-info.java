/**
 * The data plane's cases once more, through sockets on both sides: what a transport adds to
 * messages, keeps from them or refuses is a part of what clients and backends see.
 */
@NullMarked
package io.portico.transport.cases;

import org.jspecify.annotations.NullMarked;

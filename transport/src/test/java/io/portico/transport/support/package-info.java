/** Raw clients and backends, and a transport to put between them. */
@NullMarked
package io.portico.transport.support;

import org.jspecify.annotations.NullMarked;

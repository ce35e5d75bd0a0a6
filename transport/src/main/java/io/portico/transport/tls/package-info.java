/**
 * TLS of listeners: which library does it, whose certificate is shown.
 *
 * <p>Knows neither HTTP nor connections, and nothing of how a certificate was configured.
 */
@NullMarked
package io.portico.transport.tls;

import org.jspecify.annotations.NullMarked;

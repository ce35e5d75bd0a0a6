/**
 * X.509 certificates with their keys: made, signed by themselves or by an authority, written and
 * read as PEM.
 *
 * <p>Bouncy Castle writes them, and is loaded when the first one is made and not before. Reading
 * what was made takes the JDK alone.
 */
@NullMarked
package io.portico.gateway.x509;

import org.jspecify.annotations.NullMarked;

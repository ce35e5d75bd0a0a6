/**
 * AWS's own clients behind one call: an operation's name and its members in, its members out.
 *
 * <p>Each client does its own signing, marshalling and error reading; nothing here knows the wire.
 */
@NullMarked
package io.portico.conformance.client;

import org.jspecify.annotations.NullMarked;

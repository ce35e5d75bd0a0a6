/**
 * What AWS demands of a configuration, however it arrives: by single calls or by an import.
 *
 * <p>Judges records and refuses in AWS's words; stores nothing and knows no operation.
 */
@NullMarked
package io.portico.gateway.control.rules;

import org.jspecify.annotations.NullMarked;

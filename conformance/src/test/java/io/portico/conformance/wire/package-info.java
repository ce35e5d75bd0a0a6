/**
 * Plain HTTP and raw bytes, for callers of APIs and for what no well-behaved client sends.
 *
 * <p>Knows nothing of AWS's APIs.
 */
@NullMarked
package io.portico.conformance.wire;

import org.jspecify.annotations.NullMarked;

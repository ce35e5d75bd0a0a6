/** Calls nobody honest makes, of an API that uses what they say wherever it can. */
@NullMarked
package io.portico.gateway.execute.hostile;

import org.jspecify.annotations.NullMarked;

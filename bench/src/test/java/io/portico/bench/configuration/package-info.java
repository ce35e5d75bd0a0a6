/** Tests of the documents that servers are configured with. */
@NullMarked
package io.portico.bench.configuration;

import org.jspecify.annotations.NullMarked;

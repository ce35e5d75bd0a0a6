@NullMarked
package io.portico.gateway.metrics;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.portico.gateway.snapshot;

import org.jspecify.annotations.NullMarked;

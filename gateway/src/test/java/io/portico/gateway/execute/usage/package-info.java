@NullMarked
package io.portico.gateway.execute.usage;

import org.jspecify.annotations.NullMarked;

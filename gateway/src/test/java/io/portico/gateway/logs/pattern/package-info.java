@NullMarked
package io.portico.gateway.logs.pattern;

import org.jspecify.annotations.NullMarked;

@NullMarked
package io.portico.gateway.regex;

import org.jspecify.annotations.NullMarked;

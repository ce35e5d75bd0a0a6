@NullMarked
package io.portico.gateway.proxy;

import org.jspecify.annotations.NullMarked;

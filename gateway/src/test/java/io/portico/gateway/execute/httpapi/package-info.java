@NullMarked
package io.portico.gateway.execute.httpapi;

import org.jspecify.annotations.NullMarked;

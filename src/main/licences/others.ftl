<#-- What no Maven dependency names: parts of parts, and what stands beside the jars. -->
<#assign others = [
  {"name": "libtorch", "artefact": "ai.djl.pytorch:pytorch-native-cpu", "url": "https://pytorch.org", "licence": "BSD-3-Clause"},
  {"name": "oneDNN, inside libtorch", "artefact": "libtorch_cpu.so", "url": "https://github.com/uxlfoundation/oneDNN", "licence": "Apache-2.0"},
  {"name": "libgomp, beside libtorch", "artefact": "libgomp.so", "url": "https://gcc.gnu.org", "licence": "GPL-3.0-with-GCC-exception"},
  {"name": "@kurkle/color, inside Chart.js", "artefact": "chart.umd.min.js", "url": "https://github.com/kurkle/color", "licence": "MIT"},
  {"name": "Sample photographs, adapted from 0 A.D. (Wildfire Games)", "artefact": "samples/photos", "url": "https://play0ad.com", "licence": "CC-BY-SA-3.0"},
  {"name": "OpenJDK, in bundles and images", "artefact": "runtime", "url": "https://openjdk.org", "licence": "GPL-2.0-with-classpath-exception"},
  {"name": "DejaVu fonts, in bundles and images", "artefact": "native/fonts", "url": "https://dejavu-fonts.github.io", "licence": "Bitstream-Vera"},
  {"name": "GNU C Library, in images", "artefact": "libc6", "url": "https://www.gnu.org/software/libc", "licence": "LGPL-2.1"},
  {"name": "jemalloc, in images", "artefact": "libjemalloc2", "url": "https://jemalloc.net", "licence": "BSD-2-Clause"}
]>

<#-- What is shipped and under which licence, as a list in JSON: our libraries as Maven knows them, then what else is in the program's folders. -->
[
<#list dependencyMap as entry>
<#assign library = entry.getKey()>
{"name": "${(library.name!library.artifactId)?json_string}", "artefact": "${library.groupId}:${library.artifactId}", "version": "${library.version}", "url": <#if library.url??>"${library.url?json_string}"<#else>null</#if>, "licences": [<#list entry.getValue() as licence>"${licence?json_string}"<#sep>, </#list>]},
</#list>
{"name": "libtorch", "artefact": "ai.djl.pytorch:pytorch-native-cpu", "version": null, "url": "https://pytorch.org", "licences": ["BSD-3-Clause"]},
{"name": "@kurkle/color, inside Chart.js", "artefact": null, "version": null, "url": "https://github.com/kurkle/color", "licences": ["MIT"]},
{"name": "Sample photographs, adapted from 0 A.D. (Wildfire Games)", "artefact": "samples/photos", "version": null, "url": "https://play0ad.com", "licences": ["CC-BY-SA-3.0"]}
]

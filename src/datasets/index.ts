export { checkRecipeByEngine, type RecipeCheck } from './check';
export { exportRelease, ExportError, type ExportReport } from './export';
export { publishBundle, publishIfEmpty, type PublishOptions } from './publish';
export { formatReport, type DataProblem, type DataProblemCode, type ImportReport } from './report';

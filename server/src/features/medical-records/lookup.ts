export { exportRecords, reportExported } from './export-records.ts'
export { vaccinationsToTell } from './vaccinations-to-tell.ts'
